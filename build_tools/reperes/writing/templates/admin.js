// The editor draws itself into the page, from the settings in config.yml beside it.
import { init } from "./sveltia/npm/index.js";

init();
