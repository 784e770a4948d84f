//! Tests over the whole domain.
