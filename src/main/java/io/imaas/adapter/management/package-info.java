/**
 * The management API of a running Micro Integrator: what it loaded, in its own words. One room with another's job than
 * {@code adapter.mi}, which builds what is loaded here.
 */
package io.imaas.adapter.management;
