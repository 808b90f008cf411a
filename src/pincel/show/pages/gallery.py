"""The gallery as one HTML file: every picture inside, searched and opened without a network.

Text stands in both languages and a button switches; pictures are sharp at any size; everything
works by keyboard (Tab, Enter, arrows, Escape) and on a telephone.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from typing import Any

from pincel import words
from pincel.recipe.gallery import Piece, plain, value_of
from pincel.show.pages.page import both

_FRAME = 128
_MOST_OPTIONS = 40
_SEARCHED = ("job", "model", "seed")


def gallery_page(pieces: Sequence[Piece], title: str) -> bytes:
    """The page of these pictures, in their order; the language in force is shown first."""
    first = words.language()
    by_hash = {one.sha256: number for number, one in enumerate(pieces)}
    cards = "\n".join(_card(number, one, by_hash) for number, one in enumerate(pieces))
    switch = "".join(
        f'<button type="button" data-language="{code}">{name}</button>'
        for code, name in (("es", "Español"), ("en", "English"))
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{first}" data-language="{first}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{html.escape(title)}</h1><nav>{switch}</nav></header>\n"
        f'<form role="search">{_search(pieces)}</form>\n'
        f'<p id="none" hidden>{_said("gallery.page.none")}</p>\n'
        f'<main>\n{cards}\n</main>\n<dialog><div id="shown"></div><p class="ways">'
        f'<button type="button" id="before">←</button>'
        f'<button type="button" id="after">→</button>'
        f'<button type="button" id="close">{_said("gallery.page.close")}</button></p></dialog>\n'
        f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    ).encode()


def _said(key: str, **values: Any) -> str:
    spoken = both(key, **values)
    return "".join(f'<span lang="{code}">{html.escape(s)}</span>' for code, s in spoken.items())


def _search(pieces: Sequence[Piece]) -> str:
    parts = [
        f'<label>{_said("gallery.page.prompt")}<input type="search" name="text" '
        'autocomplete="off"></label>'
    ]
    for name in _SEARCHED:
        found = {value_of(one, name) for one in pieces} - {None}
        if len(found) < 2:
            continue
        label = _said(f"gallery.page.{name}")
        if len(found) > _MOST_OPTIONS:  # too many to choose from: written instead
            parts.append(f'<label>{label}<input name="{name}" autocomplete="off"></label>')
            continue
        ordered = sorted(found, key=lambda v: (isinstance(v, str), v))
        options = "".join(f"<option>{html.escape(str(value))}</option>" for value in ordered)
        parts.append(
            f'<label>{label}<select name="{name}"><option value="">–</option>{options}'
            "</select></label>"
        )
    parts.append(f'<output id="count">{len(pieces)}</output>')
    return "".join(parts)


def _card(number: int, one: Piece, by_hash: dict[str, int]) -> str:
    caption = one.prompt or one.name
    tags = "".join(
        f' data-{name}="{html.escape(str(value))}"'
        for name in _SEARCHED
        if (value := value_of(one, name)) is not None
    )
    text = html.escape(plain(f"{one.prompt} {one.name}"))
    seed = value_of(one, "seed")
    small = html.escape(str(value_of(one, "job") or "")) + (
        f" · {seed}" if seed is not None else ""
    )
    return (
        f'<button type="button" class="card" id="p{number}" data-text="{text}"{tags}>'
        f'<span class="frame"><img loading="lazy" decoding="async" alt="{html.escape(caption)}" '
        f'{_sides(one)} src="{_uri(one)}"></span>'
        f'<span class="caption">{html.escape(caption)}</span><small>{small}</small>'
        f"<template>{_details(one, by_hash)}</template></button>"
    )


def _sides(one: Piece) -> str:
    """Enlarged by a whole factor as far as the frame holds; larger pictures are shrunk by it."""
    height, width = one.rgba.shape[:2]
    factor = max(_FRAME // max(height, width), 1)
    return f'width="{width * factor}" height="{height * factor}" data-width="{width}"'


def _details(one: Piece, by_hash: dict[str, int]) -> str:
    rows: list[tuple[str, str]] = [("file", html.escape(one.name))]
    rows.append(("size", f"{one.size[0]} × {one.size[1]}"))
    made = one.made or {}
    if made:
        model = made.get("model")
        if model:
            shown = f"{html.escape(model['name'])} <code>{model['sha256'][:12]}</code>"
            rows.append(("model", shown))
        versions = ", ".join(f"{k} {v}" for k, v in made.get("versions", {}).items())
        rows.append(("versions", html.escape(versions)))
        for kept in made.get("parents", []):
            name = html.escape(kept["name"] or kept["sha256"][:12])
            number = by_hash.get(kept["sha256"])
            link = f'<a href="#p{number}" data-open="p{number}">{name}</a>'
            rows.append(("parent", name if number is None else link))
    settings = "".join(
        f"<tr><th><code>{html.escape(key)}</code></th><td>{_value(value)}</td></tr>"
        for key, value in made.get("settings", {}).items()
        if value is not None and value is not False and value != "" and value != []
    )
    facts = "".join(f"<tr><th>{_said(f'gallery.page.{k}')}</th><td>{v}</td></tr>" for k, v in rows)
    command = f"<pre>{html.escape(one.command)}</pre>" if one.command else ""
    return (
        f"<h2>{html.escape(one.prompt or one.name)}</h2>{command}<table>{facts}{settings}</table>"
    )


def _value(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return html.escape(text if len(text) <= 80 else text[:79] + "…")


def _uri(one: Piece) -> str:
    return "data:image/png;base64," + base64.b64encode(one.data).decode()


_STYLE = """
:root{--ink:#1d2733;--muted:#647181;--hair:#d5dbe3;--soft:#f3f5f8;--blue:#2b6cd4}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:16px/1.45 system-ui,"Segoe UI",sans-serif}
header{display:flex;justify-content:space-between;align-items:center;gap:16px;padding:12px 20px}
h1{font-size:24px;margin:0}
h2{font-size:20px;margin:12px 0 8px}
nav{white-space:nowrap}
nav button,.ways button{border:1px solid var(--hair);background:#fff;color:var(--ink);
padding:6px 12px;font:inherit;font-size:14px;cursor:pointer}
html[data-language=es] nav [data-language=es],html[data-language=en] nav [data-language=en]
{background:var(--ink);color:#fff}
html[data-language=es] [lang=en],html[data-language=en] [lang=es]{display:none}
form{display:flex;flex-wrap:wrap;gap:12px;align-items:end;padding:8px 20px 12px;background:#fff;
position:sticky;top:0;z-index:1;border-bottom:1px solid var(--hair)}
label{display:flex;flex-direction:column;font-size:13px;color:var(--muted)}
input,select{font:inherit;color:var(--ink);padding:5px 8px;border:1px solid var(--hair);
background:#fff;min-width:110px;max-width:220px}
output{margin-left:auto;color:var(--muted);font-size:14px}
#none{padding:0 20px}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(146px,1fr));gap:12px;
padding:16px 20px}
.card{display:flex;flex-direction:column;gap:4px;text-align:left;padding:8px;font:inherit;
color:inherit;background:#fff;border:1px solid var(--hair);cursor:pointer;
content-visibility:auto;contain-intrinsic-size:146px 200px}
.card[hidden]{display:none}
.card:hover{border-color:var(--blue)}
.card:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible
{outline:3px solid var(--blue);outline-offset:1px}
.frame{display:flex;align-items:center;justify-content:center;aspect-ratio:1;
background:repeating-conic-gradient(#e8e8e8 0 25%,#fff 0 50%) 0/16px 16px}
img{image-rendering:pixelated}
.frame img{max-width:100%;max-height:100%;object-fit:contain}
.caption{font-size:14px;overflow:hidden;display:-webkit-box;-webkit-line-clamp:2;
-webkit-box-orient:vertical;overflow-wrap:anywhere}
small{color:var(--muted);font-size:12.5px}
dialog{border:1px solid var(--hair);padding:16px;width:min(94vw,560px);max-height:94vh;
color:inherit}
dialog::backdrop{background:rgb(29 39 51/.6)}
dialog .frame{margin:0 auto;aspect-ratio:auto;padding:8px}
table{border-collapse:collapse;font-size:14px;width:100%}
th{text-align:left;font-weight:400;color:var(--muted);padding:3px 12px 3px 0;vertical-align:top;
white-space:nowrap}
td{padding:3px 0;overflow-wrap:anywhere}
tr+tr th,tr+tr td{border-top:1px solid var(--hair)}
pre{background:var(--soft);padding:8px;margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere;
font-size:13.5px;user-select:all}
.ways{display:flex;gap:8px;margin:12px 0 0;position:sticky;bottom:-16px;background:#fff;
padding:8px 0}
.ways #close{margin-left:auto}
"""

_SCRIPT = """
const root=document.documentElement,form=document.querySelector('form'),
cards=[...document.querySelectorAll('.card')],box=document.querySelector('dialog'),
shown=document.getElementById('shown');let now=-1;
document.querySelectorAll('nav button').forEach(b=>b.onclick=()=>{
root.dataset.language=b.dataset.language;root.lang=b.dataset.language});
const plain=t=>t.normalize('NFD').replace(/[\\u0300-\\u036f]/g,'').toLowerCase();
const visible=()=>cards.filter(c=>!c.hidden);
function search(){const f=form.elements,t=plain(f.text.value);
for(const c of cards)c.hidden=!(c.dataset.text.includes(t)&&['job','model','seed'].every(
n=>!f[n]||!f[n].value||c.dataset[n]===f[n].value.trim()));
const n=visible().length;document.getElementById('count').value=n;
document.getElementById('none').hidden=n>0}
form.addEventListener('input',search);form.addEventListener('submit',e=>e.preventDefault());
function open(c){now=cards.indexOf(c);shown.replaceChildren(
c.querySelector('.frame').cloneNode(true),
c.querySelector('template').content.cloneNode(true));
shown.querySelectorAll('[data-open]').forEach(a=>a.onclick=e=>{e.preventDefault();
open(document.getElementById(a.dataset.open))});
if(!box.open)box.showModal();box.scrollTop=0;const i=shown.querySelector('img'),
w=+i.dataset.width,h=i.height*w/i.width,room=Math.min(shown.clientWidth-16,innerHeight*.5),
by=Math.max(1,Math.floor(room/Math.max(w,h)));i.width=w*by;i.height=h*by}
function step(by){const v=visible(),at=v.indexOf(cards[now]);
if(v.length)open(v[(at+by+v.length)%v.length])}
cards.forEach(c=>c.onclick=()=>open(c));
document.getElementById('close').onclick=()=>box.close();
document.getElementById('before').onclick=()=>step(-1);
document.getElementById('after').onclick=()=>step(1);
box.addEventListener('close',()=>cards[now]&&cards[now].focus());
box.addEventListener('click',e=>{if(e.target===box)box.close()});
document.addEventListener('keydown',e=>{
if(box.open){if(e.key==='ArrowLeft')step(-1);if(e.key==='ArrowRight')step(1);return}
const c=document.activeElement;if(!c.classList.contains('card'))return;
const v=visible(),at=v.indexOf(c),row=v.filter(x=>x.offsetTop===v[0].offsetTop).length;
const by={ArrowLeft:-1,ArrowRight:1,ArrowUp:-row,ArrowDown:row}[e.key];
if(by&&v[at+by]){e.preventDefault();v[at+by].focus()}});
"""
