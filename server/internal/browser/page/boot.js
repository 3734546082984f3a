// Fetches the client's program, shows how far it has come, and starts it. What the person reads comes from the page.
"use strict";
(function () {
  var said = document.body.dataset;
  var boot = document.getElementById("boot");
  var bar = document.getElementById("boot-progress");
  var text = document.getElementById("boot-text");
  var keeper = "phonghop-program"; // which program this browser has started before

  function fail(words, again) {
    bar.hidden = true;
    boot.classList.remove("gone");
    text.textContent = words;
    if (!again || document.getElementById("boot-again")) return;
    var button = document.createElement("button");
    button.id = "boot-again";
    button.textContent = said.again;
    button.addEventListener("click", function () { location.reload(); });
    boot.appendChild(button);
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

  // counted passes an answer on and shows how much of it has come. The length on the wire is compressed, so that what
  // arrives is measured against the length of the program itself.
  function counted(answer) {
    if (!answer.body || !window.ReadableStream) return answer;
    var all = Number(said.bytes), got = 0, reader = answer.body.getReader();
    var stream = new ReadableStream({
      pull: function (to) {
        return reader.read().then(function (step) {
          if (step.done) { text.textContent = said.starting; to.close(); return; }
          got += step.value.length;
          bar.value = Math.min(1, got / all);
          to.enqueue(step.value);
        });
      },
      cancel: function (why) { return reader.cancel(why); }
    });
    return new Response(stream, { headers: { "Content-Type": "application/wasm" } });
  }

  function fetched() {
    return fetch(said.program, { credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 404) { throw new Replaced(); }
      if (!answer.ok) { throw new Error("status " + answer.status); }
      return answer;
    });
  }

  // A server with another client has taken the place of the one this page came from.
  function Replaced() {}

  function load(imports) {
    if (!WebAssembly.instantiateStreaming) {
      return fetched().then(function (a) { return counted(a).arrayBuffer(); }).then(function (bytes) { return WebAssembly.instantiate(bytes, imports); });
    }
    // Browsers keep the compiled program of an answer that nobody has touched; so the progress is shown on the first visit only.
    var known = remembered() === said.program;
    if (known) { bar.removeAttribute("value"); text.textContent = said.starting; }
    return WebAssembly.instantiateStreaming(known ? fetched() : fetched().then(counted), imports);
  }

  // watch takes the page away when the client has drawn its first picture.
  function watch() {
    var seen = new MutationObserver(function () {
      if (!document.querySelector("body > canvas")) return;
      seen.disconnect();
      requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(gone, 120); }); });
    });
    seen.observe(document.body, { childList: true });
  }

  function gone() {
    boot.classList.add("gone");
    if (window.performance && performance.mark) performance.mark("phonghop-shown");
    settle();
  }

  // settle has the browser keep the client's files, so that it starts without the network as well. Browsers do that only where they
  // trust the server's certificate; without it everything else works.
  function settle() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register(said.worker, { scope: "/", updateViaCache: "none" }).catch(function (why) {
      console.info("phonghop: this browser does not start the client without the network: " + why.message);
    });
  }

  function start() {
    if (typeof WebAssembly !== "object" || typeof Go !== "function") { fail(said.noWasm); return; }
    if (!hasWebGL()) { fail(said.noWebgl); return; }
    var go = new Go();
    load(go.importObject).then(function (made) {
      watch();
      remember();
      return go.run(made.instance).then(function () { fail(said.broken, true); });
    }).catch(function (why) {
      if (why instanceof Replaced) {
        try {
          if (sessionStorage.getItem("phonghop-replaced") !== said.program) { sessionStorage.setItem("phonghop-replaced", said.program); location.reload(); return; }
        } catch (e) { /* then the person loads it again */ }
      }
      console.error(why);
      fail(why instanceof TypeError || why instanceof Replaced ? said.network : said.broken, true);
    });
  }

  // What a browser does by itself with fingers and the right button would be in the way of the client.
  ["gesturestart", "gesturechange", "dblclick", "dragstart", "selectstart"].forEach(function (name) {
    document.addEventListener(name, function (e) { if (e.target.id !== "keyboard") e.preventDefault(); }, { passive: false });
  });
  start();
})();
