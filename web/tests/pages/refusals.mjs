/** Refusals in the place of the server's answers, where no lab brings them about. */

/** Whatever the page asks to be done at this path is refused. */
export async function refusing({ context }, path, type) {
  const body = `<ApiErrors><ApiError><ErrorData/><ErrorMessage/><ErrorType>${type}</ErrorType></ApiError></ApiErrors>`;
  await context.route(`**/finesse/api/${path}`, (route) =>
    route.request().method() === "GET" ? route.fallback() : route.fulfill({ status: 400, contentType: "application/xml", body }));
}
