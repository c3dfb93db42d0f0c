// --- rows: one for each call, and for each file on its way --------------------------------------------------------
const ENDED = ["succeeded", "failed", "cancelled"];
const rows = new Map();
const list = byId("calls");

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const button = (name) => {
  const made = element("button", { type: "button", class: name === "erase" || name === "dismiss" ? "quiet" : "" });
  made.hidden = true;
  return made;
};

class Row {
  constructor(name, createdAt) {
    this.name = name || say("unnamed");
    this.createdAt = createdAt;
    this.call = null;
    this.sending = null;
    this.title = element("bdi", {}, this.name);
    this.link = element("a", { class: "open" }, this.title);
    this.facts = element("p", { class: "small facts" });
    this.state = element("p", { class: "state" });
    this.bar = element("progress", { max: "100", "aria-label": say("progress-of", { name: this.name }) });
    this.reason = element("p", { class: "reason" });
    this.buttons = {};
    const acts = element("div", { class: "acts" });
    for (const act of ["cancel", "retry", "resend", "erase", "dismiss"]) {
      const made = button(act);
      made.textContent = say(act);
      made.setAttribute("aria-label", say(`${act}-of`, { name: this.name }));
      made.addEventListener("click", () => ACTS[act](this));
      this.buttons[act] = made;
      acts.append(made);
    }
    this.element = element("li", { class: "call", tabindex: "-1" },
      element("div", { class: "what" }, element("h2", {}, this.link), this.facts),
      element("div", { class: "how" }, this.state, this.bar), acts, this.reason);
    this.element.row = this;
  }

  // `acts` are the buttons that make sense now; one that had the focus hands it on to its row.
  show({ status, state, percent, reason = "", acts }) {
    const hadFocus = this.element.contains(document.activeElement);
    this.element.dataset.status = status;
    if (this.state.textContent !== state) this.state.textContent = state;
    this.bar.hidden = percent === undefined;
    if (percent === null) this.bar.removeAttribute("value"); else if (percent !== undefined) this.bar.value = percent;
    this.reason.textContent = reason;
    for (const [name, made] of Object.entries(this.buttons)) made.hidden = !acts.includes(name);
    if (hadFocus && !this.element.contains(document.activeElement)) this.element.focus();
    else if (hadFocus && document.activeElement.hidden) this.element.focus();
  }

  showCall(call) {
    const before = this.call;
    this.call = call;
    this.createdAt = call.created_at;
    const about = [momentOf(call.started_at || call.created_at)];
    if (call.duration_s) about.push(clock(call.duration_s));
    if (page.role !== "agent" && call.agent_id) about.push(call.agent_id);
    this.facts.textContent = about.join(" · ");
    const percent = Math.floor(call.progress * 100);
    const shown = {
      queued: () => ({ state: say("queued"), percent: null, acts: ["cancel"] }),
      processing: () => ({ state: say("working", { stage: say(`stage-${call.stage || "begun"}`), percent }), percent, acts: ["cancel"] }),
      succeeded: () => ({ state: say("succeeded"), acts: ["erase"] }),
      failed: () => ({ state: say("failed"), reason: call.failure ? call.failure.sentence : "", acts: mayRetry(call) ? ["retry", "erase"] : ["erase"] }),
      cancelled: () => ({ state: say("cancelled"), acts: ["erase"] }),
    }[call.status]();
    if (call.status === "succeeded") this.link.href = `${page.base}/calls/${call.id}`;
    else this.link.removeAttribute("href");
    this.show({ status: call.status, ...shown });
    if (before && before.status !== call.status) this.sayChange(call);
    if (before && !ENDED.includes(before.status) && ENDED.includes(call.status)) ended(this);
  }

  sayChange(call) {
    const values = { name: this.name, reason: call.failure ? call.failure.sentence : "" };
    const said = call.status === "processing" ? "said-working" : `said-${call.status}`;
    announce(say(said, values));
  }

  remove() {
    const next = this.element.nextElementSibling || this.element.previousElementSibling;
    const hadFocus = this.element.contains(document.activeElement) || document.activeElement === document.body;
    if (this.call) rows.delete(this.call.id);
    this.element.remove();
    if (hadFocus) (next || byId("files") || byId("main")).focus();
    changed();
  }
}

// What is wrong with the file itself stays wrong, however often it is tried.
const mayRetry = (call) => !call.failure || !/^error-(audio|transcript|agent|one-channel)-/.test(call.failure.code);
// Pages that list calls put what follows a change here.
let changed = () => {};
let ended = () => {};

const nameOf = (call) => call.client_reference || say("unnamed");
const place = (row) => {
  const after = [...list.children].find((other) => other.row.call && other.row.createdAt < row.createdAt);
  list.insertBefore(row.element, after || null);
};
const showCall = (call) => {
  let row = rows.get(call.id);
  if (!row) {
    row = new Row(nameOf(call), call.created_at);
    rows.set(call.id, row);
    place(row);
  }
  // A slower answer must not bring back what was before.
  if (!row.call || !(Date.parse(row.call.updated_at) > Date.parse(call.updated_at))) row.showCall(call);
  changed();
  return row;
};

const ACTS = {
  cancel: async (row) => {
    if (row.sending) { row.sending.stop(); return; }
    try { showCall(await ask("POST", `/v1/calls/${row.call.id}/cancel`)); } catch (error) { tell(error); look(row.call.id); }
  },
  retry: async (row) => {
    try { await ask("POST", `/v1/calls/${row.call.id}/retry`); } catch (error) { tell(error); }
    look(row.call.id);
  },
  resend: (row) => { row.sending.again(); },
  dismiss: (row) => { row.sending = null; row.remove(); },
  erase: async (row) => {
    if (!await confirmErasing(row.name)) return;
    try {
      await ask("DELETE", `/v1/calls/${row.call.id}`);
    } catch (error) {
      if (error.status !== 404) { tell(error); return; }
    }
    announce(say("said-erased", { name: row.name }));
    row.remove();
    erased();
  },
};
let erased = () => {};
