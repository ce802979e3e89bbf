// A file that was dropped on one page and is to be read on the import page.
import { link, navigate } from "../router.js";

let offered = null;

/** Keep a file and go to the import page. */
export function offerFile(file) {
  offered = file;
  navigate(link("import"));
}

/** The file, once. */
export function takeOffered() {
  const file = offered;
  offered = null;
  return file;
}
