/** The hub: what happened comes in, is kept, and concerns somebody. For doors that stay. */
package io.imaas.app.hub;
