// Fetches the client's program, shows how far it has come, and starts it. What the person reads comes from the page.
"use strict";
(function () {
  var said = document.body.dataset;
  var boot = document.getElementById("boot");
  var bar = document.getElementById("boot-progress");
  var text = document.getElementById("boot-text");
  var keeper = "phonghop-program"; // which program this browser has started before
  var tries = 6; // how often a download that breaks off is begun again
  var failed = false; // what was said last stays
  var wanted = window.AbortController ? new AbortController() : null; // ends the download where it is of no use

  function mark(name) {
    if (window.performance && performance.mark) performance.mark("phonghop-" + name);
  }

  // ways are what a person can do where the client does not start.
  function way(id, tag, words, make) {
    if (document.getElementById(id)) return;
    var there = document.createElement(tag);
    there.id = id;
    there.className = "way";
    there.textContent = words;
    make(there);
    boot.appendChild(there);
  }

  function say(words) {
    if (!failed) text.textContent = words;
  }

  // fail says what is wrong; again offers to load the page once more, plain to read without the client.
  function fail(words, again, plain) {
    say(words);
    failed = true;
    bar.hidden = true;
    boot.classList.remove("gone");
    boot.setAttribute("role", "alert");
    if (again) way("boot-again", "button", said.again, function (b) { b.addEventListener("click", function () { location.reload(); }); });
    if (plain) way("boot-plain", "a", said.plain, function (a) { a.href = "/read"; });
    way("boot-help", "a", said.help, function (a) { a.href = "/help"; });
  }

  function remembered() {
    try { return localStorage.getItem(keeper); } catch (e) { return null; }
  }

  function remember() {
    try { localStorage.setItem(keeper, said.program); } catch (e) { /* a private window keeps nothing, and needs nothing */ }
  }

  function hasWebGL() {
    try {
      var canvas = document.createElement("canvas");
      var gl = canvas.getContext("webgl") || canvas.getContext("experimental-webgl");
      if (!gl) return false;
      var lose = gl.getExtension("WEBGL_lose_context");
      if (lose) lose.loseContext();
      return true;
    } catch (e) { return false; }
  }

  var comma = said.lang === "vi" ? "," : ".";

  function megabytes(part) {
    var all = Number(said.wire) / 1e6;
    return (all * part).toFixed(1).replace(".", comma) + "/" + all.toFixed(1).replace(".", comma) + " MB";
  }

  function progress(part) {
    bar.value = part;
    say(said.loading + " " + Math.floor(part * 100) + " % (" + megabytes(part) + ")");
  }

  // counted shows how much of an answer has come. The length on the wire is compressed, so that what arrives is measured against
  // the length of the program itself. It reads beside the one that compiles: browsers keep the compiled program of an answer that
  // nobody has put together anew. A step is shown a few times a second, which is as often as a person looks.
  function counted(answer) {
    if (!answer.body || !window.ReadableStream) return answer;
    var all = Number(said.bytes), got = 0, shown = 0, reader = answer.clone().body.getReader();
    function next() {
      return reader.read().then(function (step) {
        if (step.done) {
          mark("fetched");
          say(said.starting);
          return;
        }
        got += step.value.length;
        var now = Date.now();
        if (now - shown >= 100) {
          shown = now;
          progress(Math.min(1, got / all));
        }
        return next();
      });
    }
    next().catch(function () { /* whoever compiles it hears of it, too */ });
    return answer;
  }

  // Why a program did not come: Replaced where a server with another client has taken the place of the one this page
  // came from, Captive where something else answers in the server's place.
  function Replaced() {}
  function Captive() {}

  function fetched() {
    return fetch(said.program, wanted ? { credentials: "same-origin", signal: wanted.signal } : { credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 404) throw new Replaced();
      var kind = answer.headers.get("Content-Type") || "";
      if (answer.redirected || answer.ok && kind.indexOf("application/wasm") !== 0 || answer.status === 511) throw new Captive();
      if (!answer.ok) throw new TypeError("status " + answer.status);
      return answer;
    });
  }

  function load(imports) {
    if (!WebAssembly.instantiateStreaming) {
      return fetched().then(function (a) { return counted(a).arrayBuffer(); }).then(function (bytes) { return WebAssembly.instantiate(bytes, imports); });
    }
    // What the browser has already is there before a person could read how far it has come.
    if (remembered() !== said.program) return WebAssembly.instantiateStreaming(fetched().then(counted), imports);
    bar.removeAttribute("value");
    say(said.starting);
    return WebAssembly.instantiateStreaming(fetched(), imports);
  }

  // later waits, or until the network is back.
  function later(ms) {
    return new Promise(function (go) {
      setTimeout(go, ms);
      window.addEventListener("online", go, { once: true });
    });
  }

  // patiently loads, and again by itself where the network breaks off. Some browsers keep what had come and ask for the rest.
  function patiently(imports, tried) {
    return load(imports).catch(function (why) {
      // A broken download is a TypeError, or an error of compiling in some browsers.
      var network = why instanceof TypeError || why instanceof WebAssembly.CompileError;
      if (!network || tried >= tries) throw why;
      say(said.retrying);
      return later(1000 << Math.min(tried, 3)).then(function () { return patiently(imports, tried + 1); });
    });
  }

  // watch takes the page away when the client has drawn its first picture.
  function watch() {
    var seen = new MutationObserver(function () {
      if (!document.querySelector("body > canvas")) return;
      mark("canvas");
      seen.disconnect();
      requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(gone, 120); }); });
    });
    seen.observe(document.body, { childList: true });
  }

  function gone() {
    if (failed) return; // the picture was the last thing it made
    boot.classList.add("gone");
    mark("shown");
    settle(0);
  }

  // settle has the browser keep the client's files, so that it starts without the network as well. Browsers do that only where they
  // trust the server's certificate; without it everything else works. Of a worker that is there already they look for a new one only
  // when they have nothing else to do: so they are told to, or they would start the client of an old server.
  function settle(tried) {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register(said.worker, { scope: "/", updateViaCache: "none" }).then(function (there) {
      there.onupdatefound = function () { follow(there.installing, tried); };
      if (there.active) return there.update();
      there.onupdatefound();
    }).catch(function (why) {
      console.info("phonghop: this browser does not start the client without the network: " + why.message);
      if (why instanceof TypeError) settleLater(tried); // the network
    });
  }

  // follow waits for a set of files, and asks again for one that did not come whole. What has come is kept.
  function follow(worker, tried) {
    if (!worker || worker.phonghopFollowed) return;
    worker.phonghopFollowed = true;
    var whole = false;
    worker.addEventListener("statechange", function () {
      if (worker.state === "installed") whole = true;
      if (worker.state === "redundant" && !whole) settleLater(tried);
    });
  }

  function settleLater(tried) {
    if (tried < tries) later(4000 << tried).then(function () { settle(tried + 1); });
  }

  // reloadOnce loads the page of a new server, and does so once, so that no page turns for ever.
  function reloadOnce() {
    try {
      if (sessionStorage.getItem("phonghop-replaced") === said.program) return false;
      sessionStorage.setItem("phonghop-replaced", said.program);
      location.reload();
      return true;
    } catch (e) { return false; /* then the person loads it again */ }
  }

  // refusal is the answer of a database that cannot be opened.
  function refusal(why) {
    var request = new EventTarget();
    request.readyState = "pending";
    request.error = why;
    request.result = undefined;
    Object.setPrototypeOf(request, IDBRequest.prototype); // by which the toolkit knows an answer
    setTimeout(function () {
      request.readyState = "done";
      request.dispatchEvent(new Event("error"));
    }, 0);
    return request;
  }

  // sayNo has browsers that keep nothing say so by an answer. Some throw instead, or have no databases at all, and the toolkit
  // counts on an answer.
  function sayNo() {
    var none;
    try { none = !window.indexedDB; } catch (e) { none = true; }
    if (none) {
      window.IDBRequest = window.IDBRequest || EventTarget;
      Object.defineProperty(window, "indexedDB", { value: { open: function () { return refusal(new DOMException("no databases", "NotSupportedError")); } } });
      return;
    }
    var open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function () {
      try { return open.apply(this, arguments); } catch (e) { return refusal(e); }
    };
  }

  // prepare has the browser get its graphics ready while the program is on its way: the first who asks for them waits for that,
  // which is a script beside the page. What a page may have can be less than what that finds.
  function prepare(ask) {
    if (!window.Worker || !window.OffscreenCanvas) { ask(); return; }
    try {
      var beside = new Worker(said.graphics);
      beside.onmessage = function () {
        beside.terminate();
        ask();
      };
    } catch (e) { /* the program finds out */ }
  }

  function start() {
    if (typeof WebAssembly !== "object" || typeof Go !== "function" || typeof Promise !== "function" || !window.fetch) { fail(said.noWasm, false, true); return; }
    mark("boot");
    sayNo();
    var go = new Go(), loading = patiently(go.importObject, 0); // on its way while the device is looked at
    var asked = false, running = false;
    // ask says so where there are no graphics; nothing is of use then. A program that is there already is not held up by that: it
    // finds out itself, and why it ended is asked after it.
    function ask() {
      if (asked || failed || running) return;
      asked = true;
      if (hasWebGL()) return;
      tries = 0;
      if (wanted) wanted.abort();
      fail(said.noWebgl, false, true);
    }
    prepare(ask);
    loading.then(function (made) {
      mark("loaded");
      if (!window.WebGLRenderingContext) ask();
      if (failed) return;
      watch();
      remember();
      running = true;
      go.env = { GOGC: "800" }; // until the first screen is there: what is made until then mostly stays
      return go.run(made.instance).then(function () { throw new Error("it ended"); });
    }).catch(function (why) {
      if (running) {
        running = false;
        ask();
      }
      if (failed) return;
      if (why instanceof Replaced && reloadOnce()) return;
      console.error(why);
      if (why instanceof Captive) { fail(said.captive, true, false); return; }
      var network = why instanceof TypeError || why instanceof Replaced;
      fail(network ? said.network : said.broken, true, !network);
    });
  }

  // Where the connection is not encrypted, browsers give no clipboard: what the client copies goes the old way.
  function clipboard() {
    if (navigator.clipboard) return;
    Object.defineProperty(navigator, "clipboard", { value: {
      readText: function () { return Promise.resolve(""); },
      writeText: function (words) {
        var held = document.createElement("textarea");
        held.className = "copied";
        held.value = words;
        document.body.appendChild(held);
        held.select();
        var done = document.execCommand("copy");
        held.remove();
        return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
      }
    } });
  }

  // What a browser does by itself with fingers and the right button would be in the way of the client.
  ["gesturestart", "gesturechange", "dblclick", "dragstart", "selectstart", "contextmenu"].forEach(function (name) {
    document.addEventListener(name, function (e) { if (e.target.id !== "keyboard" && e.target.id !== "keyboard-lines") e.preventDefault(); }, { passive: false });
  });
  clipboard();
  start();
})();
