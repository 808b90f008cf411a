// A number that can be pressed shows the picture behind it, one at a time in each table.
for (const button of document.querySelectorAll('[data-behind]')) {
  button.addEventListener('click', () => {
    const shown = document.getElementById(button.dataset.behind);
    const open = shown.hidden;
    for (const other of shown.parentNode.querySelectorAll('.behind')) {
      other.hidden = true;
    }
    shown.hidden = !open;
  });
}
