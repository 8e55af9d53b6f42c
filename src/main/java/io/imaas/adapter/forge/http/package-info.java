/** Calls to Git servers' APIs: one HTTP client, budgets of calls, and whose fault it is when one does not work. */
package io.imaas.adapter.forge.http;
