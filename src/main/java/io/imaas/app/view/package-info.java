/** The platform as pages and the API show it: in memory, made from Git, a little behind it, and never waited for. */
package io.imaas.app.view;
