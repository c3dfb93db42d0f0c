"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const card = JSON.parse(byId("card").textContent);
  const duration = Math.max(card.duration, 0.001);
  const scroller = byId("scroller"), inner = byId("inner"), axis = byId("axis");
  const head = byId("head"), stretch = byId("stretch");
  const toggle = byId("toggle"), seek = byId("seek"), now = byId("now");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const LEAD_S = 0.25, TAIL_S = 0.35, WIDEST_PX = 32000, CLOSEST_PX_PER_S = 240;
  let position = 0, stopAt = null, active = null, zoom = 1;

  const clock = (seconds) => {
    const whole = Math.floor(seconds), two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60, rest = whole % 60;
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  };

  // --- sound -------------------------------------------------------------------------------------------------
  let audio = null;
  if (card.media) {
    const encoded = atob(byId("audio").textContent);
    const bytes = new Uint8Array(encoded.length);
    for (let i = 0; i < encoded.length; i += 1) bytes[i] = encoded.charCodeAt(i);
    byId("audio").remove();
    audio = new Audio(URL.createObjectURL(new Blob([bytes], { type: card.media })));
  } else if (card.source) {
    audio = new Audio(card.source);
  }
  if (audio) {
    audio.preload = card.source ? "metadata" : "auto";
    audio.preservesPitch = true;
  }
  const playing = () => audio !== null && !audio.paused;

  const markActive = (button) => {
    if (active) active.classList.remove("playing");
    active = button;
    if (active) active.classList.add("playing");
  };
  const play = () => { audio.play().catch(() => {}); };
  const stop = () => { stopAt = null; audio.pause(); };
  const playOrPause = () => {
    if (!audio) return;
    stopAt = null;
    if (playing()) stop(); else play();
  };

  // --- where we are ------------------------------------------------------------------------------------------
  const words = [...document.querySelectorAll(".said [data-w]")].sort((a, b) => a.dataset.w - b.dataset.w);
  const starts = words.map((word) => Number(word.dataset.w));
  let spoken = null;
  const wordAt = (time) => {
    let low = 0, high = starts.length;
    while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= time) low = middle + 1; else high = middle; }
    return low > 0 && time - starts[low - 1] < 2 ? words[low - 1] : null;
  };

  const show = (time, follow) => {
    position = Math.min(Math.max(time, 0), duration);
    if (head) head.style.left = `${(position / duration) * 100}%`;
    if (scroller) {
      scroller.setAttribute("aria-valuenow", String(Math.round(position)));
      scroller.setAttribute("aria-valuetext", clock(position));
    }
    if (seek) { seek.value = String(position); seek.setAttribute("aria-valuetext", clock(position)); now.textContent = clock(position); }
    const word = audio && position > 0 ? wordAt(position) : null;
    if (word !== spoken) {
      if (spoken) spoken.classList.remove("spoken");
      if (word) word.classList.add("spoken");
      spoken = word;
    }
    if (follow) keepInView();
  };
  const keepInView = () => {
    if (!scroller || zoom <= 1) return;
    const x = (position / duration) * inner.clientWidth;
    if (x < scroller.scrollLeft || x > scroller.scrollLeft + scroller.clientWidth - 24) scroller.scrollLeft = x - scroller.clientWidth * 0.15;
  };
  const goTo = (time) => {
    stopAt = null;
    markActive(null);
    if (audio) audio.currentTime = Math.min(Math.max(time, 0), duration);
    show(time, true);
  };

  const tick = () => {
    show(audio.currentTime, true);
    if (stopAt !== null && audio.currentTime >= stopAt) stop();
    if (playing() && !calm.matches) requestAnimationFrame(tick);
  };
  if (audio) {
    audio.addEventListener("play", () => { toggle.classList.add("playing"); toggle.setAttribute("aria-label", card.pause); tick(); });
    audio.addEventListener("pause", () => { toggle.classList.remove("playing"); toggle.setAttribute("aria-label", card.play); markActive(null); });
    audio.addEventListener("timeupdate", () => { if (playing()) { if (calm.matches) tick(); else if (stopAt !== null && audio.currentTime >= stopAt) stop(); } });
    toggle.addEventListener("click", playOrPause);
    seek.addEventListener("input", () => goTo(Number(seek.value)));
    byId("speed").addEventListener("change", (event) => { audio.playbackRate = Number(event.target.value); });
  }

  // --- findings ----------------------------------------------------------------------------------------------
  const highlight = (start, end) => {
    if (!stretch) return;
    stretch.hidden = false;
    stretch.style.left = `${(start / duration) * 100}%`;
    stretch.style.width = `${((end - start) / duration) * 100}%`;
  };
  const showStretch = (button) => {
    const start = Number(button.dataset.start), end = Number(button.dataset.end);
    if (playing() && active === button) { stop(); return; }
    highlight(start, end);
    if (audio) {
      audio.currentTime = Math.max(start - LEAD_S, 0);
      stopAt = end + TAIL_S;
      show(audio.currentTime, true);
      markActive(button);
      play();
      return;
    }
    markActive(button);
    const needed = 4 / (inner ? scroller.clientWidth / duration : 1);
    if (inner && zoom < needed) setZoom(needed);
    show(start, false);
    if (scroller) {
      scroller.scrollLeft = (start / duration) * inner.clientWidth - scroller.clientWidth / 2;
      scroller.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".at");
    if (button) { showStretch(button); return; }
    const word = event.target.closest(".said [data-w]");
    if (word && audio && String(getSelection()) === "") { goTo(Number(word.dataset.w)); play(); }
  });

  // --- timeline ----------------------------------------------------------------------------------------------
  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const drawAxis = () => {
    const perSecond = inner.clientWidth / duration;
    const step = STEPS.find((each) => each * perSecond >= 64) || 7200;
    const labels = document.createDocumentFragment();
    for (let time = 0; time < duration; time += step) {
      const label = document.createElement("span");
      label.textContent = clock(time);
      label.style.left = `${(time / duration) * 100}%`;
      labels.append(label);
    }
    axis.replaceChildren(labels);
  };
  const setZoom = (wanted) => {
    const width = scroller.clientWidth;
    const most = Math.max(1, Math.min(WIDEST_PX, CLOSEST_PX_PER_S * duration) / width);
    const x = (position / duration) * inner.clientWidth - scroller.scrollLeft;
    const anchored = x >= 0 && x <= width;
    const fraction = anchored ? position / duration : (scroller.scrollLeft + width / 2) / inner.clientWidth;
    const offset = anchored ? x : width / 2;
    zoom = Math.min(Math.max(wanted, 1), most);
    inner.style.width = `${zoom * 100}%`;
    scroller.scrollLeft = fraction * inner.clientWidth - offset;
    byId("zoom-in").disabled = zoom >= most;
    byId("zoom-out").disabled = zoom <= 1;
    drawAxis();
  };
  if (scroller) {
    byId("zoom-in").addEventListener("click", () => setZoom(zoom * 2));
    byId("zoom-out").addEventListener("click", () => setZoom(zoom / 2));
    byId("zoom-fit").addEventListener("click", () => setZoom(1));
    scroller.addEventListener("click", (event) => {
      const box = inner.getBoundingClientRect();
      goTo(((event.clientX - box.left) / box.width) * duration);
    });
    scroller.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setZoom(zoom * (event.deltaY < 0 ? 1.25 : 0.8));
    }, { passive: false });
    addEventListener("resize", () => setZoom(zoom));
    setZoom(scroller.clientWidth < 600 ? 2.5 : 1);
  }

  // --- keys --------------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === " " && audio && !event.target.closest("button, summary, a")) {
      event.preventDefault();
      playOrPause();
    }
    const onTimeline = event.target === scroller;
    const steps = { ArrowLeft: -5, ArrowRight: 5 };
    if (event.key in steps && (onTimeline || audio) && !event.target.closest(".scroll-x")) {
      event.preventDefault();
      goTo(position + steps[event.key] * (event.shiftKey ? 0.2 : 1));
    }
    if (onTimeline && event.key === "Home") { event.preventDefault(); goTo(0); }
    if (onTimeline && event.key === "End") { event.preventDefault(); goTo(duration); }
    if (onTimeline && event.key === "+") setZoom(zoom * 2);
    if (onTimeline && event.key === "-") setZoom(zoom / 2);
  });
})();
