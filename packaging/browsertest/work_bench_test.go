package browsertest

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What the reader may take at most.
const (
	stopLimit   = 50  // ms in which the page's thread hears nothing
	frameLimit  = 33  // ms between two frames under two fingers
	memoryLimit = 350 // MB after 300 pages
)

// recorder notes in a page how far its frames are apart, in ms, and where the
// program's memory is.
const recorder = `(() => {
	window.gaps = []; window.memories = [];
	let last = 0;
	const frame = now => { if (last) window.gaps.push(now - last); last = now; requestAnimationFrame(frame) };
	requestAnimationFrame(frame);
	for (const name of ["instantiate", "instantiateStreaming"]) {
		const made = WebAssembly[name];
		if (made) WebAssembly[name] = async (...all) => { const out = await made.apply(WebAssembly, all); window.memories.push((out.instance || out).exports.mem); return out };
	}
})()`

// bare does in an empty page what no reader in a browser can do without: it
// makes pixels of a picture's file and hands them to the graphics, 50 times,
// and then magnifies it for two seconds. It is what this browser on this
// machine allows.
const bare = `(async () => {
	window.gaps = []; window.uploads = 0; window.finished = false;
	const canvas = document.createElement("canvas");
	canvas.width = innerWidth; canvas.height = innerHeight;
	document.body.style.margin = 0; document.body.append(canvas);
	const gl = canvas.getContext("webgl"), program = gl.createProgram();
	for (const [kind, text] of [[gl.VERTEX_SHADER, "attribute vec2 at; uniform float by; varying vec2 on; void main() { on = at * .5 + .5; gl_Position = vec4(at * by, 0, 1); }"],
		[gl.FRAGMENT_SHADER, "precision mediump float; uniform sampler2D page; varying vec2 on; void main() { gl_FragColor = texture2D(page, on); }"]]) {
		const shader = gl.createShader(kind);
		gl.shaderSource(shader, text); gl.compileShader(shader); gl.attachShader(program, shader);
	}
	gl.linkProgram(program); gl.useProgram(program);
	gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
	gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
	gl.enableVertexAttribArray(0); gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
	gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
	for (const [name, to] of [["TEXTURE_WRAP_S", "CLAMP_TO_EDGE"], ["TEXTURE_WRAP_T", "CLAMP_TO_EDGE"], ["TEXTURE_MIN_FILTER", "LINEAR"]]) gl.texParameteri(gl.TEXTURE_2D, gl[name], gl[to]);
	const by = gl.getUniformLocation(program, "by");
	const draw = scale => { gl.uniform1f(by, scale); gl.clear(gl.COLOR_BUFFER_BIT); gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4) };
	const blob = new Blob([Uint8Array.from(atob(window.picture), c => c.charCodeAt(0))]);
	const frame = () => new Promise(requestAnimationFrame);
	for (; window.uploads < 50; window.uploads++) {
		await frame();
		const bitmap = await createImageBitmap(blob);
		const pixels = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {willReadFrequently: true, alpha: false});
		pixels.drawImage(bitmap, 0, 0);
		gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, bitmap.width, bitmap.height, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer));
		draw(1);
		bitmap.close();
		console.timeStamp("mark");
	}
	for (let from = await frame(), last = from, now; (now = await frame()) - from < 2000; last = now) {
		window.gaps.push(now - last);
		draw(1 + (now - from) / 2000);
	}
	window.finished = true;
})(), 0`

// sorted are the gaps between a page's frames in ms, the shortest first.
func (b *tablet) gaps() []float64 { return value[[]float64](b, `window.gaps.sort((a, b) => a - b)`) }

// possible is what this browser allows on this machine: ms of the thread's own
// for a page, ms between two frames of it.
func (h *house) possible(b *testing.B, t *tablet) (page, frame float64) {
	b.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, h.picture(1, 1600)); err != nil {
		b.Fatal(err)
	}
	value[int](t, `(window.picture = "`+base64.StdEncoding.EncodeToString(file.Bytes())+`", 0)`)
	all := t.tasks(func() {
		value[int](t, bare)
		t.until("the empty page is done", func() bool { return value[bool](t, `window.finished`) })
	})
	for i := range all { // each mark is set at the end of a page's task, by that task
		all[i].part++
	}
	return share(longest(all), 0.5), share(t.gaps(), 0.95)
}

// reading is a delegate's tablet that reads, recorded; and what an empty page
// takes in the same browser.
func reading(b *testing.B) (h *house, all pages, t *tablet, page, frame float64) {
	b.Helper()
	h = open(b)
	h.chair()
	h.begin()
	all = h.pages()
	t = tab(b, browse(b, h), portrait)
	page, frame = h.possible(b, t)
	t.before(recorder)
	t.visit(h.front + "/")
	t.signIn(h.who("delegate"))
	t.goOn(all, 1)
	t.until("the documents are kept", func() bool { return t.keeps("pages", `-800$`) >= 77 })
	return h, all, t, page, frame
}

// turned presses a key so many times, at the pace of somebody who leafs, with
// a mark before each.
func (b *tablet) turned(key string, times int, pace time.Duration) {
	b.t.Helper()
	for range times {
		b.mark()
		b.press(key)
		b.do("read", chromedp.Sleep(pace))
	}
}

// memory is what the page needs in MB once the browser has thrown away what
// nobody needs: all of it, and the program's part.
func (b *tablet) memory() (all, program float64) {
	b.t.Helper()
	send(b, heapprofiler.CollectGarbage, cdp.Empty{})
	used := send(b, runtime.GetHeapUsage, cdp.Empty{})
	program = value[float64](b, `window.memories.reduce((n, m) => n + m.buffer.byteLength, 0)`)
	all = used.UsedSize + used.EmbedderHeapUsedSize + max(used.BackingStorageSize, program) // the program's is one of the buffers
	return all / 1e6, program / 1e6
}

// Turning 50 pages, then reading on to 300: how long the page's thread stops
// for a page, how long until the next page is on the screen, and how much
// memory it all needs. What is called own is without waiting for the emulated
// graphics and for other programs.
func BenchmarkTurning(b *testing.B) {
	h, all, t, page, _ := reading(b)
	all[51] = lightOf(h.picture(51, 200))
	for b.Loop() {
		tasks := t.tasks(func() { t.turned(kb.ArrowRight, 50, 400*time.Millisecond) })
		t.reads(all, 51)
		stops := longest(tasks)
		report(b, share(stops, 0.5), "ms-own-stop-p50", stopLimit)
		report(b, share(stops, 0.95), "ms-own-stop-p95", stopLimit)
		report(b, share(stops, 1), "ms-own-stop-most", stopLimit)
		b.ReportMetric(page, "ms-bare-page")
		b.ReportMetric(share(stops, 0.5)/page, "stop/bare")
		own, wall := 0.0, 0.0
		for _, x := range tasks {
			own, wall = own+x.own, wall+x.wall
		}
		b.ReportMetric(own/50, "ms-own/page")
		b.ReportMetric((wall-own)/50, "ms-waiting/page")
		t.turned(kb.ArrowLeft, 50, 150*time.Millisecond)
		t.reads(all, 1)
		from := time.Now()
		t.press(kb.ArrowRight)
		t.reads(all, 2)
		report(b, float64(time.Since(from).Milliseconds()), "ms-next-page", 500)
		for range 2 {
			t.turned(kb.ArrowRight, 50, 150*time.Millisecond)
			t.turned(kb.ArrowLeft, 50, 150*time.Millisecond)
		}
		t.reads(all, 2)
		whole, program := t.memory()
		b.ReportMetric(program, "MB-program")
		report(b, whole, "MB-after-300-pages", memoryLimit)
		t.profiled("turning", func() { t.turned(kb.ArrowRight, 20, 400*time.Millisecond) })
		t.turned(kb.ArrowLeft, 21, 150*time.Millisecond)
	}
}

// Magnifying with two fingers: how far frames are apart meanwhile, against
// what the browser needs for an empty page's.
func BenchmarkPinching(b *testing.B) {
	_, _, t, _, frame := reading(b)
	for b.Loop() {
		value[int](t, `(window.gaps.length = 0, 0)`)
		tasks := t.tasks(func() {
			for range 4 {
				t.mark()
				t.drag(30, [2]point{{360, 500}, {200, 500}}, [2]point{{440, 500}, {600, 500}})
				t.mark()
				t.drag(30, [2]point{{200, 500}, {360, 500}}, [2]point{{600, 500}, {440, 500}})
			}
		})
		gaps := t.gaps()
		report(b, share(gaps, 0.5), "ms-frame-p50", frameLimit)
		report(b, share(gaps, 0.95), "ms-frame-p95", frameLimit)
		b.ReportMetric(frame, "ms-bare-frame-p95")
		b.ReportMetric(share(gaps, 0.95)/frame, "frame/bare")
		report(b, share(longest(tasks), 0.5), "ms-own-stop-p50", stopLimit)
		report(b, share(longest(tasks), 1), "ms-own-stop-most", stopLimit)
		t.profiled("pinching", func() {
			t.drag(30, [2]point{{360, 500}, {200, 500}}, [2]point{{440, 500}, {600, 500}})
			t.drag(30, [2]point{{200, 500}, {360, 500}}, [2]point{{600, 500}, {440, 500}})
		})
	}
}
