// Registers the service worker and says when a newer version waits. It is taken only when the person
// taps "update" on the board, between visits.
if ("serviceWorker" in navigator) {
  const offer = (waiting) => {
    // Asked again until it has happened: a worker that could not be started just then loses the message.
    const ask = () => waiting.postMessage("take over");
    window.lanepadUpdate = () => {
      ask();
      setInterval(ask, 1000);
    };
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
    // A page that was being loaded while its first worker began is nobody's: it asks to be taken.
    navigator.serviceWorker.ready.then(({ active }) => {
      if (!navigator.serviceWorker.controller) active.postMessage("take me");
    });
    setInterval(() => registration.update().catch(() => {}), 600_000);
  });
}
