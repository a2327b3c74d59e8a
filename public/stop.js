// Whatever went wrong inside the app, everything committed is there: one tap opens the visit where it
// was. Here and not in the app, so that it is said too where the app cannot run any more: a panic is a
// trap, and so are a stack or a memory that is full.
{
  const SAID = {
    zh: ["您的内容已保存，点一下继续。", "再试一次"],
    en: ["Your work is saved. Tap to go on.", "Try again"],
  };
  const stop = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError) && !/wasm/.test(error?.stack)) return;
    const [sentence, label] = document.documentElement.lang === "en" ? SAID.en : SAID.zh;
    const page = document.createElement("button");
    page.className = "plain-page";
    // For whoever looks into it; the sentence is for the person.
    page.dataset.why = error.stack;
    page.innerHTML = '<span class="say"></span><span class="btn pri"></span>';
    page.children[0].textContent = sentence;
    page.children[1].textContent = label;
    page.addEventListener("click", () => location.reload());
    document.body.replaceChildren(page);
  };
  addEventListener("error", (event) => stop(event.error));
  addEventListener("unhandledrejection", (event) => stop(event.reason));
}
