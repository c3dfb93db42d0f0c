"use strict";
const byId = (id) => document.getElementById(id);
const page = JSON.parse(byId("page").textContent);
const say = (name, values = {}) => page.texts[name].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));

// --- what is told ------------------------------------------------------------------------------------------------
const announce = (sentence) => { byId("live").textContent = sentence; };
let noticed = null;
const notice = (sentence, kind = "refusal") => {
  noticed = kind;
  const place = byId("notice");
  place.replaceChildren(document.createTextNode(sentence));
  if (kind === "refusal") {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet";
    close.textContent = say("dismiss");
    close.addEventListener("click", () => unnotice("refusal"));
    place.append(close);
  }
  place.hidden = false;
};
const unnotice = (kind) => {
  if (noticed !== kind) return;
  noticed = null;
  byId("notice").hidden = true;
};

// --- asking the service ------------------------------------------------------------------------------------------
class Refusal extends Error {
  constructor(status, sentence, code = "") {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}
let sessionIsOver = false;
const overNow = () => {
  sessionIsOver = true;
  notice(say("error-session"), "session");
  return new Refusal(401, say("error-session"));
};
const refusalOf = (status, body) => {
  if (status === 401 && page.csrf) return overNow();
  let problem = {};
  try { problem = JSON.parse(body); } catch { /* a proxy's own page */ }
  return new Refusal(status, problem.detail || say("error-unknown"), problem.code);
};
const ask = async (method, path, body) => {
  const headers = { "Accept-Language": page.locale };
  if (method !== "GET" && page.csrf) headers["X-CSRF-Token"] = page.csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer, text;
  try {
    answer = await fetch(page.base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store" });
    text = await answer.text();
  } catch {
    if (!sessionIsOver) notice(say("error-network"), "network");
    throw new Refusal(0, say("error-network"));
  }
  unnotice("network");
  if (!answer.ok) throw refusalOf(answer.status, text);
  return text ? JSON.parse(text) : null;
};
// What went wrong with the network or the session is told already.
const tell = (error) => {
  if (!(error instanceof Refusal)) throw error;
  if (error.status !== 0 && error.status !== 401) notice(error.message);
};

// --- dates -------------------------------------------------------------------------------------------------------
const tongue = page.locale === "fi" ? "fi-FI" : "en-GB";
const timeOf = new Intl.DateTimeFormat(tongue, { hour: "numeric", minute: "2-digit" });
const dayOf = new Intl.DateTimeFormat(tongue, { day: "numeric", month: "numeric", year: "numeric" });
const momentOf = (text) => {
  const at = new Date(text), midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - at) / 86400000);
  const time = timeOf.format(at);
  if (days <= 0) return say("today", { time });
  if (days === 1) return say("yesterday", { time });
  return say("day", { day: dayOf.format(at), time });
};
const clock = (seconds) => {
  const whole = Math.round(seconds), two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
};

// --- asked before a call is erased -------------------------------------------------------------------------------
const confirmErasing = (name) => new Promise((resolve) => {
  const dialog = byId("erase");
  byId("erase-title").textContent = say("erase-question", { name });
  const answered = (yes) => () => { dialog.close(yes ? "yes" : "no"); };
  byId("erase-yes").onclick = answered(true);
  byId("erase-no").onclick = answered(false);
  dialog.onclose = () => resolve(dialog.returnValue === "yes");
  dialog.returnValue = "no";
  dialog.showModal();
  byId("erase-no").focus();
});

if (byId("sign-out")) {
  byId("sign-out").addEventListener("click", async () => {
    try {
      await ask("DELETE", "/v1/session");
    } catch (error) {
      if (error.status !== 401) { tell(error); return; }
    }
    location.assign(`${page.base}/`);
  });
}
