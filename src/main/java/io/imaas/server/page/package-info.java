/** The pages that people see: HTML made of values that are in memory already, whole without JavaScript. */
package io.imaas.server.page;
