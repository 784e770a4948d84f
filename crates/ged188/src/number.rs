//! Integers on the wire, and the macros behind the generated enumerations and masks.

/// A fixed-width big-endian integer, or a newtype over one.
pub(crate) trait Number: Copy {
    /// Bytes on the wire.
    const WIDTH: usize;
    /// From the bits, zero-extended to 32.
    fn from_raw(raw: u32) -> Self;
    /// The bits, zero-extended to 32.
    fn raw(self) -> u32;
}

impl Number for u8 {
    const WIDTH: usize = 1;
    fn from_raw(raw: u32) -> Self {
        raw as Self
    }
    fn raw(self) -> u32 {
        u32::from(self)
    }
}

impl Number for u16 {
    const WIDTH: usize = 2;
    fn from_raw(raw: u32) -> Self {
        raw as Self
    }
    fn raw(self) -> u32 {
        u32::from(self)
    }
}

impl Number for u32 {
    const WIDTH: usize = 4;
    fn from_raw(raw: u32) -> Self {
        raw
    }
    fn raw(self) -> u32 {
        self
    }
}

impl Number for i32 {
    const WIDTH: usize = 4;
    fn from_raw(raw: u32) -> Self {
        raw as Self
    }
    fn raw(self) -> u32 {
        self as u32
    }
}

impl Number for bool {
    const WIDTH: usize = 2;
    fn from_raw(raw: u32) -> Self {
        raw != 0
    }
    fn raw(self) -> u32 {
        u32::from(self)
    }
}

/// An enumeration that keeps numbers it does not know.
macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident: $int:ident { $($(#[$value_meta:meta])* $value:ident = $number:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl $name {
            $($(#[$value_meta])* pub const $value: Self = Self($number);)*

            /// The published name, if the number is known.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some(stringify!($value)),)*
                    _ => None,
                }
            }
        }

        $crate::number::over_integer!($name, $int);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => f.pad(name),
                    None => self.0.fmt(f),
                }
            }
        }
    };
}

/// A set of bits that keeps bits it does not know.
macro_rules! mask {
    ($(#[$meta:meta])* $name:ident: $int:ident { $($(#[$value_meta:meta])* $value:ident = $number:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl $name {
            /// No bit.
            pub const NONE: Self = Self(0);
            /// Every published bit.
            pub const KNOWN: Self = Self(0 $(| $number)*);
            $($(#[$value_meta])* pub const $value: Self = Self($number);)*

            /// Whether every bit of `other` is set.
            #[must_use]
            pub fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any bit of `other` is set.
            #[must_use]
            pub fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// Whether no bit is set.
            #[must_use]
            pub fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// The bits of this mask that `other` lacks.
            #[must_use]
            pub fn without(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }
        }

        $crate::number::over_integer!($name, $int);

        impl std::ops::BitOr for $name {
            type Output = Self;
            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl std::ops::BitOrAssign for $name {
            fn bitor_assign(&mut self, other: Self) {
                self.0 |= other.0;
            }
        }

        impl std::ops::BitAnd for $name {
            type Output = Self;
            fn bitand(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let known: &[(&str, $int)] = &[$((stringify!($value), $number),)*];
                $crate::number::write_bits(f, u32::from(self.0), known.iter().map(|&(n, b)| (n, u32::from(b))))
            }
        }
    };
}

/// What both kinds of newtypes share.
macro_rules! over_integer {
    ($name:ident, $int:ident) => {
        impl $crate::number::Number for $name {
            const WIDTH: usize = <$int as $crate::number::Number>::WIDTH;
            fn from_raw(raw: u32) -> Self {
                Self(<$int as $crate::number::Number>::from_raw(raw))
            }
            fn raw(self) -> u32 {
                u32::from(self.0)
            }
        }

        impl From<$int> for $name {
            fn from(number: $int) -> Self {
                Self(number)
            }
        }

        impl From<$name> for $int {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

pub(crate) use {enumeration, mask, over_integer};

/// Writes the names of the set bits, joined by `|`, then what is left over in hexadecimal; 0 when none is set.
pub(crate) fn write_bits(
    f: &mut std::fmt::Formatter<'_>,
    bits: u32,
    known: impl Iterator<Item = (&'static str, u32)>,
) -> std::fmt::Result {
    let (mut left, mut separator) = (bits, "");
    for (name, _) in known.filter(|&(_, bit)| bit != 0 && bits & bit == bit).inspect(|&(_, bit)| left &= !bit)
    {
        write!(f, "{separator}{name}")?;
        separator = "|";
    }
    match (left, separator) {
        (0, "") => f.write_str("0"),
        (0, _) => Ok(()),
        (left, separator) => write!(f, "{separator}{left:#x}"),
    }
}
