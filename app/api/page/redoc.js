// Starts ReDoc over the document of this service.
"use strict";

Redoc.init(
  "openapi.json",
  { hideDownloadButton: false, expandResponses: "200", nativeScrollbars: true },
  document.getElementById("redoc"),
);
