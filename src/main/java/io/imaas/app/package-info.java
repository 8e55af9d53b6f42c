/**
 * What both doors share: from what happened (a push, a pull request, a merge) and the catalog to a plan. It observes
 * through ports and leaves every decision to {@code plan}.
 */
package io.imaas.app;
