// Registers the service worker and says when a newer version waits. It is taken only when the person
// taps "update" on the board, between visits.
if ("serviceWorker" in navigator) {
  const offer = (waiting) => {
    window.lanepadUpdate = () => waiting.postMessage("take over");
    window.dispatchEvent(new Event("lanepad-update"));
  };
  let taken = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (taken) location.reload();
  });
  const had = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.register("sw.js").then((registration) => {
    taken = had;
    if (registration.waiting && had) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && had) offer(coming);
      });
    });
    setInterval(() => registration.update().catch(() => {}), 600_000);
  });
}
