// Starts Swagger UI over the document of this service.
"use strict";

window.ui = SwaggerUIBundle({
  dom_id: "#swagger-ui",
  url: "openapi.json",
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
  // A link inside each button, which is what deep links are made of, confuses screen readers.
  deepLinking: false,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  filter: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  // The validator badge would send the address of this service to a foreign one.
  validatorUrl: null,
});

// Gives a name to fields that have none, and lets the keyboard scroll long answers.
const name = (field) => {
  const row = field.closest("[data-param-name]");
  if (row) return row.dataset.paramName;
  return field.className.includes("examples") ? "Example" : "Request body";
};
const mend = () => {
  for (const field of document.querySelectorAll("select, textarea, input")) {
    const named = field.labels?.length > 0 || field.hasAttribute("aria-label");
    if (!named) field.setAttribute("aria-label", field.placeholder || name(field));
  }
  for (const block of document.querySelectorAll("pre.microlight")) block.tabIndex = 0;
};
new MutationObserver(mend).observe(document.getElementById("swagger-ui"), {
  childList: true,
  subtree: true,
});
