/** The files of Micro Integrator projects. */
package io.imaas.adapter.mi.source;
