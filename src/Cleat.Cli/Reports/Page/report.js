"use strict";
(() => {
  const form = document.querySelector("form.filter");
  if (!form) return;
  const status = document.getElementById("shown");
  const files = [...document.querySelectorAll(".file")].map(file => ({
    file,
    findings: [...file.querySelectorAll(".finding")].map(one => ({ one, severity: one.dataset.severity, rule: one.dataset.rule, text: null })),
    name: file.querySelector("h3").textContent.toLowerCase(),
  }));
  const all = files.reduce((sum, f) => sum + f.findings.length, 0);
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(w => w);
    const severity = form.elements.severity.value;
    const rule = form.elements.rule.value;
    let shown = 0;
    for (const { file, findings, name } of files) {
      let here = 0;
      for (const f of findings) {
        if (words.length && f.text === null) f.text = name + " " + f.one.textContent.toLowerCase();
        const hidden = (severity && f.severity !== severity) || (rule && f.rule !== rule) || !words.every(w => f.text.includes(w));
        if (f.one.hidden !== hidden) f.one.hidden = hidden;
        if (!hidden) here++;
      }
      if (file.hidden !== (here === 0)) file.hidden = here === 0;
      shown += here;
    }
    status.textContent = shown === all ? `All ${all} findings are shown.` : `${shown} of ${all} findings are shown.`;
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 80); });
  form.addEventListener("submit", e => { e.preventDefault(); apply(); });
  form.addEventListener("reset", () => setTimeout(apply, 0));
  document.addEventListener("keydown", e => {
    if (e.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      e.preventDefault();
      form.elements.search.focus();
    }
  });
  form.hidden = false;
})();
