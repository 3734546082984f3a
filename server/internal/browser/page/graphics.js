// Asks for the graphics beside the page: the first who does waits until the browser has them ready, and the page would stand still.
"use strict";
(function () {
  try {
    var gl = new OffscreenCanvas(1, 1).getContext("webgl");
    var lose = gl && gl.getExtension("WEBGL_lose_context");
    if (lose) lose.loseContext();
  } catch (e) { /* the page asks, too */ }
  postMessage("");
})();
