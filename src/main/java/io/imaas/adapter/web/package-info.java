/** Questions to other systems over HTTP. */
package io.imaas.adapter.web;
