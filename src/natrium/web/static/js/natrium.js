// Everything here makes quicker what also works without it.
import "./behaviours/theme.js";
import "./behaviours/open-state.js";
import "./behaviours/keep-typed.js";
import "./behaviours/focus.js";
import "./behaviours/toasts.js";
import "./behaviours/go.js";
import "./behaviours/keys.js";
import "./behaviours/bulk.js";
import "./behaviours/side.js";
import "./behaviours/mentions.js";
import "./behaviours/upload.js";
import "./behaviours/live.js";
import "./behaviours/arrange.js";
import "./behaviours/slots.js";
import "./behaviours/menus.js";
import "./behaviours/adding.js";
import "./behaviours/moving.js";
