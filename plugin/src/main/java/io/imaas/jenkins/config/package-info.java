/** What administrators and tenants configure; values only, no behaviour but checks. */
package io.imaas.jenkins.config;
