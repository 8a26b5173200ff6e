// Starts Swagger UI over the document of this service.
"use strict";

window.ui = SwaggerUIBundle({
  dom_id: "#swagger-ui",
  url: "openapi.json",
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  filter: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  // The validator badge would send the address of this service to a foreign one.
  validatorUrl: null,
});
