// Only in a frame of another page: there is no text that a line could be shown in, so what shows one is
// no button there.

const still = () => {
  for (const line of document.querySelectorAll(".embed :is(.line-link, .line-button)")) {
    line.tabIndex = -1;
    line.setAttribute("aria-disabled", "true");
  }
};

document.documentElement.dataset.embed = "";
new MutationObserver(still).observe(document.getElementById("app"), { childList: true, subtree: true });
// There is no work to keep either: another address is another page.
addEventListener("hashchange", () => location.reload());
