// Reads a page aloud with a Dutch voice that is on the device itself. Without such a voice the button stays hidden: a voice
// elsewhere would send the words of a child over the internet. Every [data-lees] names what it reads, as a selector.
const synth = globalThis.speechSynthesis;

// localVoice is a voice on this device for a language: the Netherlands before Belgium, nothing when there is none.
export function localVoice(voices, lang = "nl") {
  const own = voices.filter((v) => v.localService && v.lang.toLowerCase().replace("_", "-").split("-")[0] === lang);
  return own.find((v) => /^nl[-_]NL$/i.test(v.lang)) ?? own[0];
}

// sentences are the texts to read, in the order of the page, without what is hidden or only for the eye.
export function sentences(root, selector) {
  const out = [];
  for (const part of root.querySelectorAll(selector)) {
    if (part.closest("[hidden],[aria-hidden=true]")) continue;
    const text = part.textContent.replace(/[·–]/g, ", ").replace(/\s+/g, " ").trim();
    if (text) out.push({ part, text });
  }
  return out;
}

function show(button, reading) {
  button.setAttribute("aria-pressed", String(reading));
  button.querySelector("[data-lees-begin]").hidden = reading;
  button.querySelector("[data-lees-stop]").hidden = !reading;
}

// stop ends the reading; what still comes in of it is no longer ours.
function stop(button) {
  button.dataset.leesBeurt = String(Number(button.dataset.leesBeurt ?? 0) + 1);
  synth.cancel();
  for (const part of document.querySelectorAll(".kik-reads")) part.classList.remove("kik-reads");
  show(button, false);
}

function read(button, voice) {
  const todo = sentences(document, button.dataset.lees);
  if (todo.length === 0) return;
  stop(button);
  show(button, true);
  const turn = button.dataset.leesBeurt;
  const next = () => {
    for (const part of document.querySelectorAll(".kik-reads")) part.classList.remove("kik-reads");
    if (button.dataset.leesBeurt !== turn) return;
    const now = todo.shift();
    if (!now) return stop(button);
    const words = new SpeechSynthesisUtterance(now.text);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.9;
    words.onend = next;
    words.onerror = () => button.dataset.leesBeurt === turn && stop(button);
    now.part.classList.add("kik-reads");
    now.part.scrollIntoView({ block: "nearest" });
    synth.speak(words);
  };
  next();
}

function begin() {
  const voice = localVoice(synth.getVoices(), document.documentElement.lang.split("-")[0] || "nl");
  for (const button of document.querySelectorAll("button[data-lees]")) {
    button.hidden = !voice;
    button.onclick = () => (button.getAttribute("aria-pressed") === "true" ? stop(button) : read(button, voice));
  }
}

if (synth) {
  begin();
  synth.addEventListener?.("voiceschanged", begin); // many browsers know their voices only after a while
  addEventListener("pagehide", () => synth.cancel());
}
