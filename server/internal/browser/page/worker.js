// Starts the client without the network: it keeps the page and its files, one complete set of one version, and gives them where
// the server does not answer. What is said between client and server never goes through here.
"use strict";
const version = "{{version}}";
const files = {{files}};
const kept = "phonghop-client-" + version;
const patience = 4000; // milliseconds for the page, on a network that is there but does not carry

self.addEventListener("install", (e) => e.waitUntil(take()));
self.addEventListener("activate", (e) => e.waitUntil(replace()));
self.addEventListener("fetch", (e) => {
  const to = new URL(e.request.url);
  if (e.request.method !== "GET" || to.origin !== location.origin) return;
  if (e.request.mode === "navigate" && to.pathname === "/") e.respondWith(page(e));
  else if (files.includes(to.pathname)) e.respondWith(file(e.request));
});

// take fetches the whole set or fails: a set of two versions would start neither.
async function take() {
  const cache = await caches.open(kept);
  const answer = await fetch("/", { cache: "no-cache", credentials: "omit" });
  if (!ours(answer)) throw new Error("the server has another version");
  await Promise.all([cache.put("/", answer), ...files.map((f) => cache.match(f).then((there) => there || cache.add(f)))]);
  await self.skipWaiting();
}

async function replace() {
  await drop();
  await self.clients.claim();
}

// drop gives back the sets of other versions.
async function drop() {
  for (const name of await caches.keys()) {
    if (name.startsWith("phonghop-client-") && name !== kept) await caches.delete(name);
  }
}

function ours(answer) { return answer.ok && answer.headers.get("X-Phonghop-Client") === version; }

// page is the server's, which may be a newer one; the kept one where it does not come.
async function page(e) {
  let late;
  try {
    const answer = await Promise.race([fetch(e.request), new Promise((_, fail) => { late = setTimeout(fail, patience, new Error("late")); })]);
    if (answer.status >= 500) throw new Error("status " + answer.status);
    if (ours(answer)) e.waitUntil(renew(answer.clone()));
    return answer;
  } catch (why) {
    return await caches.match("/", { cacheName: kept, ignoreVary: true }) || fetch(e.request);
  } finally {
    clearTimeout(late);
  }
}

// renew keeps the page as it is now, in a set that is there: a worker whose place another has taken, and whose set is dropped, may
// still be asked for something, and would make the set anew by opening it. The sets of other versions go again: a browser may end
// a worker just as it takes another's place.
async function renew(answer) {
  if (!await caches.has(kept)) return;
  await (await caches.open(kept)).put("/", answer);
  await drop();
}

// file never changes under its name.
async function file(request) {
  return await caches.match(request, { cacheName: kept, ignoreVary: true, ignoreSearch: true }) || fetch(request);
}
