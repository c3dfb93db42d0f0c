// --- one call that has no scorecard yet ----------------------------------------------------------------------------
ended = (row) => { if (row.call.status === "succeeded") location.reload(); };
erased = () => location.assign(`${page.base}/`);
showCall(page.call);
