// --- files on their way --------------------------------------------------------------------------------------------
const NOT_AUDIO = /^(image|text|font)\/|^application\/(pdf|zip|json|msword|rtf|vnd\.(ms-|openxml|oasis))/;
const waiting = [];
let current = null;

const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const faultOf = (file) => {
  if (NOT_AUDIO.test(file.type)) return say("error-kind");
  if (file.size === 0) return say("error-empty");
  return file.size > page.max_bytes ? say("error-size") : "";
};
const asked = () => {
  const side = document.querySelector("input[name=channel]:checked").value;
  const channels = { left: { agent: 0, customer: 1 }, right: { agent: 1, customer: 0 }, mono: "mono" }[side];
  return { ...(channels && { channels }), ...(byId("agent") && { agent_id: byId("agent").value }) };
};

class Sending {
  constructor(file) {
    const name = file.name.replace(/[\p{Cc}\p{Cs}]/gu, " ").trim().slice(0, 120);
    this.file = file;
    this.metadata = { ...asked(), ...(name && { client_reference: name }) };
    // The same key again after a broken connection: a call that came through is not made twice.
    this.key = randomKey();
    this.request = null;
    this.row = new Row(name, new Date().toISOString());
    this.row.sending = this;
    list.prepend(this.row.element);
    const fault = faultOf(file);
    if (fault) this.refused(fault, ["dismiss"]); else this.again();
  }

  again() {
    this.row.show({ status: "waiting", state: say("waits-to-send"), percent: 0, acts: ["cancel"] });
    waiting.push(this);
    sendNext();
  }

  stop() {
    if (this.request) this.request.abort();
    else waiting.splice(waiting.indexOf(this), 1);
    this.row.sending = null;
    this.row.remove();
    announce(say("said-cancelled", { name: this.row.name }));
  }

  start() {
    const form = new FormData();
    form.append("metadata", JSON.stringify(this.metadata));
    form.append("audio", this.file);
    const request = this.request = new XMLHttpRequest();
    request.open("POST", `${page.base}/v1/calls`);
    request.setRequestHeader("Accept-Language", page.locale);
    request.setRequestHeader("X-CSRF-Token", page.csrf);
    request.setRequestHeader("Idempotency-Key", this.key);
    request.upload.onprogress = (event) => { if (event.lengthComputable) this.showPercent(Math.floor((event.loaded / event.total) * 100)); };
    request.onload = () => this.answered(request);
    request.onerror = () => this.refused(say("error-upload"), ["resend", "dismiss"]);
    request.onloadend = () => { this.request = null; current = null; sendNext(); };
    this.showPercent(0);
    announce(say("said-sending", { name: this.row.name }));
    request.send(form);
  }

  showPercent(percent) {
    const state = percent < 100 ? say("sending", { percent }) : say("storing");
    this.row.show({ status: "sending", state, percent: percent < 100 ? percent : null, acts: ["cancel"] });
  }

  answered(request) {
    if (request.status !== 202) {
      const refusal = refusalOf(request.status, request.responseText);
      const again = [408, 429].includes(refusal.status) || refusal.status >= 500;
      this.refused(refusal.message, again ? ["resend", "dismiss"] : ["dismiss"]);
      return;
    }
    const id = JSON.parse(request.responseText).id;
    this.row.sending = null;
    if (rows.has(id)) { this.row.element.remove(); look(id); return; }
    rows.set(id, this.row);
    announce(say("said-queued", { name: this.row.name }));
    const now = new Date().toISOString();
    this.row.showCall({ id, status: "queued", progress: 0, created_at: now, updated_at: "", agent_id: this.metadata.agent_id });
    changed();
    look(id);
  }

  refused(reason, acts) {
    this.row.show({ status: "failed", state: say("failed"), reason, acts });
    announce(say("said-failed", { name: this.row.name, reason }));
  }
}

const sendNext = () => {
  if (current || sessionIsOver) return;
  current = waiting.shift() || null;
  if (current) current.start();
};
const take = (files) => {
  if (files.length === 0) return;
  if (byId("agent") && !byId("agent").value) { notice(say("error-agent")); byId("agent").focus(); return; }
  unnotice("refusal");
  // Newest first, as in the list: the last of them goes on top.
  const taken = files.map((file) => new Sending(file));
  byId("empty").hidden = true;
  taken[taken.length - 1].row.element.scrollIntoView({ block: "nearest" });
};

// --- where they come from --------------------------------------------------------------------------------------------
const drop = byId("drop"), picker = byId("files");
picker.addEventListener("change", () => { take([...picker.files]); picker.value = ""; });
let within = 0;
const over = (depth) => { within = depth; drop.classList.toggle("over", within > 0); };
const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
addEventListener("dragenter", (event) => { if (hasFiles(event)) over(within + 1); });
addEventListener("dragleave", (event) => { if (hasFiles(event)) over(Math.max(0, within - 1)); });
// Anywhere on the page will do: a file let go beside the box must not open in the browser and be gone.
addEventListener("dragover", (event) => { if (hasFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = "copy"; } });
addEventListener("drop", (event) => { if (hasFiles(event)) { event.preventDefault(); over(0); take([...event.dataTransfer.files]); } });
addEventListener("beforeunload", (event) => { if ((current || waiting.length > 0) && !sessionIsOver) event.preventDefault(); });
