// Pairs of a real and a made picture; the answers are kept and told at the end.
const held = JSON.parse(document.getElementById('held').textContent);
const part = (id) => document.getElementById(id);
const sides = ['left', 'right'];
let place = 0;
let answers = [];

const say = (key, values = {}) =>
  held.words[root.lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const score = () => answers.filter((right) => right).length;
const sources = (pair) => (pair.left ? [pair.real, pair.made] : [pair.made, pair.real]);
const waits = () => place < held.pairs.length && answers.length <= place;

// the chance to be right so often, or oftener, by tossing a coin
function luck(right, count) {
  let sum = 0;
  let term = 0.5 ** count;
  for (let k = 0; k <= count; k++) {
    if (k >= right) sum += term;
    term = (term * (count - k)) / (k + 1);
  }
  return sum;
}

function drawSide(side, number, pair, asked) {
  const button = part(side);
  const image = button.querySelector('img');
  const real = (side === 'left') === pair.left;
  image.src = sources(pair)[number];
  image.width = held.width;
  image.alt = say(`side_${side}`);
  button.ariaLabel = image.alt;
  button.disabled = !asked;
  const kind = real ? ' real' : ' made';
  const chosen = !asked && button.dataset.chosen ? ' chosen' : '';
  button.className = `choice${asked ? '' : kind}${chosen}`;
}

function draw() {
  const over = place >= held.pairs.length;
  const pair = held.pairs[Math.min(place, held.pairs.length - 1)];
  const asked = !over && answers.length <= place;
  part('pair').hidden = over;
  part('pair').style.display = over ? 'none' : '';
  part('place').hidden = over;
  part('told').hidden = over;
  part('end').hidden = !over;
  part('next').hidden = over || asked;
  part('next').textContent = say(place + 1 < held.pairs.length ? 'next' : 'finish');
  part('again').textContent = say('again');
  part('place').textContent = say('place', {
    number: place + 1,
    of: held.pairs.length,
    right: score(),
    answered: answers.length,
  });
  sides.forEach((side, number) => {
    drawSide(side, number, pair, asked);
  });
  const verdict = answers[place] ? 'right' : 'wrong';
  part('told').className = asked ? '' : verdict;
  part('told').textContent = asked ? say('question') : `${say(verdict)} ${say('answer', pair)}`;
  if (over) drawEnd();
}

function drawEnd() {
  const right = score();
  const count = held.pairs.length;
  part('result').textContent = say('result', { right, count });
  part('guess').textContent = say('guess', {
    half: (count / 2).toLocaleString(root.lang),
    luck: (100 * luck(right, count)).toLocaleString(root.lang, { maximumSignificantDigits: 2 }),
  });
  part('all').replaceChildren(...held.pairs.map(answered));
}

function answered(pair, number) {
  const one = document.createElement('div');
  const row = document.createElement('div');
  const text = document.createElement('p');
  one.className = `one${answers[number] ? '' : ' missed'}`;
  for (const kind of ['real', 'made']) {
    const image = document.createElement('img');
    image.src = pair[kind];
    image.alt = say(kind);
    row.append(image);
  }
  text.textContent = say('answer', pair);
  one.append(row, text);
  return one;
}

function forgetChoice() {
  for (const side of sides) delete part(side).dataset.chosen;
}

function choose(side) {
  if (!waits()) return;
  answers.push((side === 'left') === held.pairs[place].left);
  forgetChoice();
  part(side).dataset.chosen = 1;
  draw();
  part('next').focus();
}

function next() {
  if (waits() || place >= held.pairs.length) return;
  forgetChoice();
  place++;
  draw();
}

function again() {
  place = 0;
  answers = [];
  draw();
}

part('left').addEventListener('click', () => choose('left'));
part('right').addEventListener('click', () => choose('right'));
part('next').addEventListener('click', next);
part('again').addEventListener('click', again);
document.addEventListener('language', draw);
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const onButton = event.target instanceof HTMLButtonElement;
  if (event.key === 'ArrowLeft' || event.key === '1') choose('left');
  else if (event.key === 'ArrowRight' || event.key === '2') choose('right');
  else if ((event.key === 'Enter' || event.key === ' ') && !onButton) next();
  else return;
  event.preventDefault();
});
draw();
