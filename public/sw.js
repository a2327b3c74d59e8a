// Holds the whole app: opening, reloading and a cold start work with no network at all. The build
// writes its files and its number in here; a new number makes a new worker, which waits until the
// person takes it between visits.
const BUILD = "BUILD_NUMBER";
const FILES = ["BUILD_FILES"];
const PREFIX = "lanepad-app-";
const CACHE = PREFIX + BUILD;

self.addEventListener("install", (event) => {
  const fetchAll = async () => {
    const cache = await caches.open(CACHE);
    await Promise.all(
      FILES.map(async (file) => {
        const answer = await fetch(file, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
        await cache.put(file, answer);
      }),
    );
  };
  event.waitUntil(fetchAll());
  // What goes to the server goes past this worker: it is not woken for it, and one that is to be replaced
  // comes to rest.
  const past = async () => event.addRoutes?.({ condition: { urlPattern: "/api/*" }, source: "network" });
  event.waitUntil(past().catch(() => {}));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      // Only the app's own older files: what is unsent lies in a cache of another name.
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "take me") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/api/") || address.pathname === "/sw.js" || address.pathname === "/health") return;
  const name = request.mode === "navigate" ? "/" : address.pathname;
  // Looked up by name, never opened: opening would make the store again that a newer worker has just
  // deleted while this one was still answering.
  event.respondWith(caches.match(name, { cacheName: CACHE }).then((kept) => kept ?? fetch(request)));
});
