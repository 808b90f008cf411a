// The button of the language in force is pressed; pages that write their own text listen for
// "language" on the document.
const root = document.documentElement;
for (const button of document.querySelectorAll('nav button[data-language]')) {
  button.addEventListener('click', () => {
    root.dataset.language = button.dataset.language;
    root.lang = button.dataset.language;
    document.dispatchEvent(new Event('language'));
  });
}
