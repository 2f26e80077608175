// A page that could not be shown: tried again once a file has changed.
import { onChange } from "/static/common.js";

export function start() {
  onChange(() => location.reload());
}
