"use strict";
(function () {
  var search = document.getElementById("search");
  var hint = document.getElementById("hint");
  var all = hint.textContent;
  var items = Array.from(document.querySelectorAll(".list li"));
  var map = document.getElementById("map");

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  }

  var texts = items.map(function (item) { return plain(item.textContent); });

  function filter() {
    var wanted = plain(search.value);
    var found = 0;
    items.forEach(function (item, place) {
      var hit = texts[place].indexOf(wanted) >= 0;
      item.hidden = !hit;
      found += hit ? 1 : 0;
    });
    hint.textContent = wanted ? (found ? "找到 " + found + " 项，回车打开第一个。" : "没有找到。只有方案安排交流的人在这里。") : all;
  }

  function light(selector, kind, classes) {
    map.querySelectorAll(selector).forEach(function (line) {
      line.classList.add(kind);
      [line.dataset.from, line.dataset.to].forEach(function (unit) {
        mark(unit, classes);
      });
    });
  }

  function mark(unit, kind) {
    map.querySelectorAll('[data-node="' + unit + '"], [data-name="' + unit + '"]').forEach(function (each) {
      each.classList.add(kind);
    });
  }

  // Each name goes above its school, else below, else away: the card has all of them.
  function placeNames() {
    var taken = [];
    var names = Array.from(map.querySelectorAll(".names .on"));
    names.sort(function (one, other) { return other.classList.contains("here") - one.classList.contains("here"); });
    names.forEach(function (name) {
      var circle = map.querySelector('[data-node="' + name.dataset.name + '"] circle');
      var y = Number(circle.getAttribute("cy")), away = Number(name.dataset.radius);
      var high = name.getBBox().height, half = name.getBBox().width / 2;
      var x = Number(circle.getAttribute("cx"));
      name.setAttribute("x", Math.min(Math.max(x, half), map.viewBox.baseVal.width - half));
      var free = [y - away - 3, y + away + high * 0.85].some(function (at) {
        name.setAttribute("y", at);
        var box = name.getBBox();
        return !taken.some(function (other) {
          return box.x < other.x + other.width && other.x < box.x + box.width &&
            box.y < other.y + other.height && other.y < box.y + box.height;
        });
      });
      if (free) { taken.push(name.getBBox()); } else { name.classList.remove("on"); }
    });
  }

  function show() {
    var card = document.getElementById(location.hash.slice(1));
    items.forEach(function (item) {
      var link = item.firstElementChild;
      if (link.hash === location.hash) { link.setAttribute("aria-current", "true"); }
      else { link.removeAttribute("aria-current"); }
    });
    if (map) { showOnMap(card); }
    if (card && card.classList.contains("card")) { card.focus({ preventScroll: true }); }
  }

  function showOnMap(card) {
    map.querySelectorAll(".on, .out, .in, .here").forEach(function (each) {
      each.classList.remove("on", "out", "in", "here");
    });
    var unit = card && card.dataset.unit;
    var pair = card && card.dataset.from;
    map.classList.toggle("one", Boolean(unit || pair));
    if (unit) {
      light('.single[data-from="' + unit + '"]', "out", "on");
      light('.single[data-to="' + unit + '"]', "in", "on");
      mark(unit, "on");
      mark(unit, "here");
    } else if (pair) {
      light('.single[data-from="' + pair + '"][data-to="' + card.dataset.to + '"]', "out", "on");
    }
    placeNames();
  }

  function sortBy(button, column) {
    var body = document.querySelector("#all tbody");
    var down = button.getAttribute("aria-pressed") !== "true";
    document.querySelectorAll("#all button").forEach(function (each) { each.removeAttribute("aria-pressed"); });
    button.setAttribute("aria-pressed", String(down));
    Array.from(body.rows).sort(function (one, other) {
      var a = one.cells[column].textContent, b = other.cells[column].textContent;
      var order = column > 1 ? Number(a) - Number(b) : a.localeCompare(b, "zh-CN", { numeric: true });
      return down && column > 1 ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  }

  search.addEventListener("input", filter);
  search.addEventListener("keydown", function (event) {
    var first = items.find(function (item) { return !item.hidden; });
    if (event.key === "Enter" && !event.isComposing && first) { location.hash = first.firstElementChild.hash; }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  document.querySelectorAll("#all button").forEach(function (button, column) {
    button.addEventListener("click", function () { sortBy(button, column); });
  });
  window.addEventListener("hashchange", show);
  show();
})();
