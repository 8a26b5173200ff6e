// Makes the form quicker: drag and drop, progress, errors by row, the report on the same page.
// Without this script the browser sends the form and shows the report as a page of its own.
"use strict";

(() => {
  const form = document.getElementById("form");
  const file = document.getElementById("file");
  const drop = document.getElementById("drop");
  const progress = document.getElementById("progress");
  const status = document.getElementById("status");
  const errors = document.getElementById("errors");
  const report = document.getElementById("report");
  const key = document.getElementById("key"); // only where the service asks who is calling
  const texts = form.dataset;
  let sent = null; // what the report on the page is about

  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = String(text);
    return made;
  };

  const busy = (isBusy) => {
    for (const button of form.querySelectorAll("button")) button.disabled = isBusy;
    progress.hidden = !isBusy;
    if (!isBusy) progress.value = 0;
  };

  const complain = (lead, rows) => {
    status.textContent = "";
    errors.replaceChildren(element("p", lead));
    if (!rows || rows.length === 0) return;
    const cells = rows.map((one) => [
      one.row ?? "",
      one.column ?? (one.row ? "" : (one.pointer ?? "").slice(1)),
      one.detail,
    ]);
    const titles = [texts.row, texts.column, texts.problem];
    const shown = [0, 1, 2].filter((place) => cells.some((row) => row[place] !== ""));
    const table = element("table");
    const head = element("tr");
    for (const place of shown) {
      const cell = element("th", titles[place]);
      cell.scope = "col";
      head.append(cell);
    }
    const top = element("thead");
    top.append(head);
    const body = element("tbody");
    for (const row of cells) {
      const line = element("tr");
      line.append(...shown.map((place) => element("td", row[place])));
      body.append(line);
    }
    table.append(top, body);
    errors.append(table);
  };

  const hasKey = () => {
    if (!key || /^[!-~]+$/.test(key.value.trim())) return true;
    complain(texts.keyMissing);
    key.focus();
    return false;
  };

  // The key goes in a field of the request, never in an address or a form.
  const identify = (request) => {
    if (!key) return;
    const bearer = key.dataset.field === "Authorization";
    request.setRequestHeader(key.dataset.field, (bearer ? "Bearer " : "") + key.value.trim());
  };

  const fits = () => {
    if (!hasKey()) return false;
    if (file.files.length === 0) {
      complain(texts.fileMissing);
      file.focus();
      return false;
    }
    if (file.files[0].size > Number(texts.limitMb) * 1024 * 1024) {
      complain(texts.fileLarge);
      file.focus();
      return false;
    }
    const destination = form.elements.destination;
    if (!destination.value) {
      complain(texts.destinationMissing);
      destination.focus();
      return false;
    }
    return true;
  };

  const send = (data, address, done) => {
    const request = new XMLHttpRequest();
    request.open(data ? "POST" : "GET", address);
    request.responseType = "blob";
    identify(request);
    request.setRequestHeader("Accept", "application/problem+json, */*;q=0.5");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    };
    request.upload.onload = () => {
      progress.removeAttribute("value");
      status.textContent = texts.scoring;
    };
    request.onerror = () => {
      busy(false);
      complain(texts.unreachable);
    };
    request.onload = async () => {
      busy(false);
      if (request.status === 200) {
        await done(request.response, request);
        return;
      }
      try {
        const problem = JSON.parse(await request.response.text());
        const rows = problem.errors.length > 0 ? problem.errors : [{ detail: problem.detail }];
        complain(texts.failed, rows);
      } catch {
        complain(texts.unreachable);
      }
    };
    errors.replaceChildren();
    status.textContent = data ? texts.sending : "";
    busy(true);
    request.send(data);
  };

  const save = (blob, name) => {
    const link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    status.textContent = "";
  };

  const nameOf = (request, format) => {
    const found = /filename="([^"]+)"/.exec(request.getResponseHeader("content-disposition") ?? "");
    return found ? found[1] : `assessment.${format}`;
  };

  const addressOf = (format) => `v1/assessments/upload?format=${format}`;

  const download = (data, format) =>
    send(data, addressOf(format), (blob, request) => save(blob, nameOf(request, format)));

  const show = async (blob, request, data) => {
    const page = new DOMParser().parseFromString(await blob.text(), "text/html");
    if (!document.getElementById("report-style")) {
      const style = element("style", page.querySelector("style").textContent);
      style.id = "report-style";
      document.head.append(style);
    }
    sent = { data, blob, name: nameOf(request, "html") };
    const tools = document.getElementById("tools").content.cloneNode(true);
    report.replaceChildren(tools, document.importNode(page.querySelector("main"), true));
    report.hidden = false;
    document.documentElement.classList.add("reported");
    document.title = page.title;
    status.textContent = texts.ready;
    report.focus({ preventScroll: true });
    report.scrollIntoView();
  };

  const hide = () => {
    report.hidden = true;
    report.replaceChildren();
    document.documentElement.classList.remove("reported");
    sent = null;
  };

  report.addEventListener("click", (event) => {
    const format = event.target.dataset ? event.target.dataset.save : undefined;
    if (!format || !sent) return;
    if (format === "print") window.print();
    else if (format === "html") save(sent.blob, sent.name);
    else download(sent.data, format);
  });

  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!fits()) return;
    const format = event.submitter?.dataset.format ?? "html";
    const data = new FormData(form);
    if (format === "html") hide();
    if (format === "html")
      send(data, addressOf(format), (blob, request) => show(blob, request, data));
    else download(data, format);
  });

  // A link brings no key, so the templates are fetched like everything else.
  for (const link of key ? form.querySelectorAll("a[download]") : []) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (!hasKey()) return;
      const format = new URL(link.href).searchParams.get("format");
      send(null, link.href, (blob, request) => save(blob, nameOf(request, format)));
    });
  }

  const isFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  drop.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    file.files = event.dataTransfer.files;
    errors.replaceChildren();
  });
})();
