// Cards are searched by their text and settings, and opened in a dialog; all works by keyboard.
const form = document.querySelector('form');
const cards = [...document.querySelectorAll('.card')];
const box = document.querySelector('dialog');
const shown = document.getElementById('shown');
let now = -1;

const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
const visible = () => cards.filter((card) => !card.hidden);

function search() {
  const fields = form.elements;
  const text = plain(fields.text.value);
  const fits = (card, name) =>
    !fields[name]?.value || card.dataset[name] === fields[name].value.trim();
  for (const card of cards) {
    const all = ['job', 'model', 'seed'].every((name) => fits(card, name));
    card.hidden = !(card.dataset.text.includes(text) && all);
  }
  const count = visible().length;
  document.getElementById('count').value = count;
  document.getElementById('none').hidden = count > 0;
}

// the picture of the dialog at the largest whole factor that fits
function enlarge() {
  const image = shown.querySelector('img');
  const width = Number(image.dataset.width);
  const height = (image.height * width) / image.width;
  const room = Math.min(shown.clientWidth - 16, innerHeight * 0.5);
  const factor = Math.max(1, Math.floor(room / Math.max(width, height)));
  image.width = width * factor;
  image.height = height * factor;
}

function open(card) {
  now = cards.indexOf(card);
  shown.replaceChildren(
    card.querySelector('.frame').cloneNode(true),
    card.querySelector('template').content.cloneNode(true),
  );
  for (const link of shown.querySelectorAll('[data-open]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      open(document.getElementById(link.dataset.open));
    });
  }
  if (!box.open) box.showModal();
  box.scrollTop = 0;
  enlarge();
}

function step(by) {
  const seen = visible();
  const at = seen.indexOf(cards[now]);
  if (seen.length) open(seen[(at + by + seen.length) % seen.length]);
}

function walk(event) {
  const seen = visible();
  const at = seen.indexOf(document.activeElement);
  if (at < 0) return;
  const row = seen.filter((card) => card.offsetTop === seen[0].offsetTop).length;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[event.key];
  if (by && seen[at + by]) {
    event.preventDefault();
    seen[at + by].focus();
  }
}

form.addEventListener('input', search);
form.addEventListener('submit', (event) => event.preventDefault());
for (const card of cards) card.addEventListener('click', () => open(card));
document.getElementById('close').addEventListener('click', () => box.close());
document.getElementById('before').addEventListener('click', () => step(-1));
document.getElementById('after').addEventListener('click', () => step(1));
box.addEventListener('close', () => cards[now]?.focus());
box.addEventListener('click', (event) => {
  if (event.target === box) box.close();
});
document.addEventListener('keydown', (event) => {
  if (!box.open) walk(event);
  else if (event.key === 'ArrowLeft') step(-1);
  else if (event.key === 'ArrowRight') step(1);
});
