// Registers the service worker and says when a newer version waits. It is taken only when the person
// taps "update" on the board, between visits.
if ("serviceWorker" in navigator) {
  // On the board and in the settings nothing is lost by beginning anew.
  const between = () => /^(#\/(board|settings)?)?$/.test(location.hash);
  let asking;
  const offer = (waiting) => {
    window.lanepadUpdate = () => {
      // Asked again for a while: a worker that could not be started just then loses the message.
      let left = 10;
      const ask = () => {
        if (left-- > 0 && between() && waiting.state === "installed") waiting.postMessage("take over");
        else clearInterval(asking);
      };
      clearInterval(asking);
      asking = setInterval(ask, 1000);
      ask();
    };
    window.dispatchEvent(new Event("lanepad-update"));
  };
  let taken = false;
  const begin = () => {
    if (between()) location.reload();
  };
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!taken) return;
    // In a visit the page stays as it is until the person is back on the board.
    addEventListener("hashchange", begin);
    begin();
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
