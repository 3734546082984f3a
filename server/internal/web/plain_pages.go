package web

var plainDoorPage = pageOf("door", `<body><main><h1>{{.Title}}</h1><p>{{.T "plain.what"}}</p>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}{{with .Wrong}}<p class="wrong" role="alert">{{.}}</p>{{end}}
<form method="post" action="/read/sign-in" autocomplete="off">
<label for="person">{{.T "plain.who"}}</label><select id="person" name="person" required>{{$chosen := .Chosen}}<option value=""></option>
{{range .People}}<option value="{{.ID}}"{{if eq .ID $chosen}} selected{{end}}>{{.Name}}{{with .Position}}, {{.}}{{end}}</option>
{{end}}</select>
<label for="pin">{{.T "signin.pin"}}</label><input id="pin" name="pin" type="password" autocomplete="off" required maxlength="64">
<button>{{.T "signin.enter"}}</button></form>
<p class="help"><a href="/">{{.T "plain.full"}}</a></p></main></body>`)

var plainFailPage = pageOf("fail", `<body><main><h1>{{.Title}}</h1><p class="wrong" role="alert">{{.What}}</p>
<p><a class="go" href="/read">{{.T "plain.back"}}</a></p></main></body>`)

var plainMeetingsPage = pageOf("meetings", `<body><main><h1>{{.Title}}</h1><p>{{.Person}}</p>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}<h2>{{.T "plain.meetings"}}</h2>
<ul>{{range .Meetings}}<li><a href="/read/{{.ID}}">{{.Title}}{{with .When}}<br>{{.}}{{end}}{{if .Running}}<br>{{$.T "plain.running"}}{{end}}</a></li>
{{else}}<li>{{.T "plain.no_meetings"}}</li>{{end}}</ul>
<form method="post" action="/read/sign-out"><button class="plain">{{.T "plain.leave"}}</button></form></main></body>`)

var plainAgendaPage = pageOf("agenda", `<body><main><p><a href="/read">{{.T "plain.meetings"}}</a></p><h1>{{.Meeting}}</h1>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}{{if .Showing}}<p><a class="go" href="/read/{{.ID}}/now">{{.T "plain.now"}}</a></p>{{end}}
{{range $item := .Items}}<h2>{{.Number}}. {{if .Title}}{{.Title}}{{else}}{{$.T "plain.hidden"}}{{end}}</h2>
{{if .Documents}}<ul>{{range .Documents}}<li><a href="/read/{{$.ID}}/{{$item.ID}}/{{.Hash}}">{{.Title}} ({{.Pages}} {{$.T "plain.pages"}})</a></li>
{{end}}</ul>{{else if not .Hidden}}<p class="help">{{$.T "plain.no_documents"}}</p>{{end}}
{{end}}</main></body>`)

// plainBar is above and below the picture of a page.
const plainBar = `<p class="bar">{{if .Follows}}{{else if .Previous}}<a rel="prev" href="/read/{{.ID}}/{{.Item}}/{{.Hash}}?page={{.Previous}}">‹ {{.T "plain.previous"}}</a>{{else}}<span class="off">‹ {{.T "plain.previous"}}</span>{{end}}
<b>{{.T "plain.page"}} {{.Page}}/{{.Pages}}</b>
{{if .Follows}}{{else if .Next}}<a rel="next" href="/read/{{.ID}}/{{.Item}}/{{.Hash}}?page={{.Next}}">{{.T "plain.next"}} ›</a>{{else}}<span class="off">{{.T "plain.next"}} ›</span>{{end}}</p>`

var plainPagePage = pageOf("page", `<body><main class="wide"><p><a href="/read/{{.ID}}">{{.T "plain.agenda"}}</a>{{if .Follows}}: {{.T "plain.now"}}{{end}}</p>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}
{{if .Page}}<h1>{{.Document}}</h1>`+plainBar+`
<img class="sheet" src="{{.Picture}}?width=1600" srcset="{{.Picture}}?width=800 800w, {{.Picture}}?width=1600 1600w" sizes="(min-width: 1200px) 1200px, 100vw" alt="{{.T "plain.page"}} {{.Page}}/{{.Pages}}: {{.Document}}">
`+plainBar+`
{{if .Follows}}<p class="bar"><a href="/read/{{.ID}}/{{.Item}}/{{.Hash}}?page={{.Page}}">{{.T "plain.stay"}}</a></p>
{{else}}<div class="bar"><form action="/read/{{.ID}}/{{.Item}}/{{.Hash}}"><input name="page" type="number" min="1" max="{{.Pages}}" aria-label="{{.T "plain.page"}}" required><button>{{.T "plain.go"}}</button></form></div>{{end}}
{{else}}<p>{{.T "plain.nothing_shown"}}</p>{{end}}</main></body>`)
