/** Jenkins jobs as files, for whoever has no controller at hand. */
package io.imaas.adapter.jobs;
