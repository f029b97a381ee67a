// After a refused form the summary of errors takes the focus, so that it is read out and Tab leads into the form.
"use strict";

document.getElementById("errors")?.focus();
