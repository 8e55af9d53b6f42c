/** What people look at: the platform as a whole, a tenant, and the way from there to a build that acts. */
package io.imaas.jenkins.page;
