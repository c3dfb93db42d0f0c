// --- the link's token, which stands after the # ---------------------------------------------------------------------
const language = byId("language"), other = language.getAttribute("href");
const token = () => decodeURIComponent(location.hash.slice(1)).trim();
const isWhole = () => /^pl_[A-Za-z0-9_-]{10,}$/.test(token());
const showWay = () => {
  byId("with-link").hidden = !isWhole();
  byId("without-link").hidden = isWhole();
  language.setAttribute("href", other + location.hash);
};
addEventListener("hashchange", showWay);
showWay();

const signIn = byId("sign-in"), signInText = signIn.textContent;
signIn.addEventListener("click", async () => {
  signIn.disabled = true;
  signIn.textContent = say("signing-in");
  try {
    page.csrf = null;
    await ask("POST", "/v1/session", { token: token() });
    // The used link goes out of the history too.
    location.replace(`${page.base}/`);
  } catch (error) {
    signIn.disabled = false;
    signIn.textContent = signInText;
    if (error.status === 0) return;
    tell(error.status === 401 ? new Refusal(422, error.message) : error);
  }
});
