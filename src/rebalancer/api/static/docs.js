// Starts the vendored swagger-ui on /docs. A file of its own, because the page allows no inline script.
"use strict";

window.SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // No badge: it would ask a validator on another host about this document.
  validatorUrl: null,
  // A key for each request that changes something, as the API wants it.
  requestInterceptor: (request) => {
    if (request.method === "POST" && !request.headers["Idempotency-Key"]) {
      request.headers["Idempotency-Key"] = crypto.randomUUID();
    }
    return request;
  },
});
