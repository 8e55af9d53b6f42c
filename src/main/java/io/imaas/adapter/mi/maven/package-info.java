/** The project's own Maven build, with what it leaves out told and what comes out made reproducible. */
package io.imaas.adapter.mi.maven;
