//! What a function might return if it did nothing: values of its type, as cargo-mutants thinks of them.

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound, TypePath};

/// No more of a pair's than this; the product says little more.
const MOST: usize = 8;

const ANY: &str = "Default::default()";

/// Whether an iterator of some kind is returned, which can be cut short but not replaced.
pub fn is_iterator(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return false };
    let Type::ImplTrait(ty) = &**ty else { return false };
    ty.bounds.iter().any(|bound| {
        matches!(bound, TypeParamBound::Trait(bound)
            if bound.path.segments.last().is_some_and(|last| last.ident.to_string().ends_with("Iterator")))
    })
}

/// What to return instead.
pub fn returned(output: &ReturnType) -> Vec<String> {
    match output {
        ReturnType::Default => vec!["()".to_owned()],
        ReturnType::Type(_, ty) => of(ty),
    }
}

fn of(ty: &Type) -> Vec<String> {
    match ty {
        Type::Path(path) => of_path(path),
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") && reference.mutability.is_none() => {
                strings(&["\"\"", "\"xyzzy\""])
            }
            Type::Slice(slice) if reference.mutability.is_none() => {
                let mut values = strings(&["&[]"]);
                values.extend(of(&slice.elem).iter().map(|value| format!("Vec::leak(vec![{value}])")));
                values
            }
            inner => of(inner).iter().map(|value| format!("Box::leak(Box::new({value}))")).collect(),
        },
        Type::Tuple(tuple) => {
            let mut values = vec![String::new()];
            for element in &tuple.elems {
                let own = of(element);
                values =
                    values.iter().flat_map(|before| own.iter().map(move |own| format!("{before}{own}, "))).collect();
            }
            values.iter().take(MOST).map(|value| format!("({})", value.trim_end())).collect()
        }
        Type::Array(array) => {
            // The length is a constant of the program's, whose text stands in the type.
            let length = &array.len;
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(length), .. }) = length else {
                return strings(&[ANY]);
            };
            of(&array.elem).iter().map(|value| format!("[{value}; {length}]")).collect()
        }
        Type::Paren(paren) => of(&paren.elem),
        Type::Group(group) => of(&group.elem),
        // There is no value, or none that could be thought of.
        Type::Never(_) | Type::ImplTrait(_) | Type::TraitObject(_) | Type::BareFn(_) | Type::Slice(_) => Vec::new(),
        _ => strings(&[ANY]),
    }
}

fn of_path(path: &TypePath) -> Vec<String> {
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let arguments: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => {
            let types = arguments.args.iter();
            types
                .filter_map(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None })
                .collect()
        }
        _ => Vec::new(),
    };
    let name = last.ident.to_string();
    match (name.as_str(), arguments.as_slice()) {
        ("bool", _) => strings(&["true", "false"]),
        ("u8" | "u16" | "u32" | "u64" | "u128" | "usize", _) => strings(&["0", "1"]),
        ("i8" | "i16" | "i32" | "i64" | "i128" | "isize", _) => strings(&["0", "1", "-1"]),
        ("f32" | "f64", _) => strings(&["0.0", "1.0", "-1.0"]),
        ("String", _) => strings(&["String::new()", "\"xyzzy\".into()"]),
        ("PathBuf", _) => strings(&["std::path::PathBuf::new()"]),
        ("Ordering", _) => strings(&["std::cmp::Ordering::Less", "std::cmp::Ordering::Equal", "std::cmp::Ordering::Greater"]),
        ("Option", [inner]) => with("None", &of(inner), "Some(", ")"),
        ("Vec", [inner]) => with("vec![]", &of(inner), "vec![", "]"),
        ("BTreeSet", [inner]) => with("std::collections::BTreeSet::new()", &of(inner), "std::collections::BTreeSet::from([", "])"),
        ("HashSet", [inner]) => with("std::collections::HashSet::new()", &of(inner), "std::collections::HashSet::from([", "])"),
        ("BTreeMap" | "HashMap", [key, value]) => {
            let (keys, values) = (of(key), of(value));
            let pairs = keys.iter().flat_map(|key| values.iter().map(move |value| format!("({key}, {value})")));
            let map = format!("std::collections::{name}");
            with(&format!("{map}::new()"), &pairs.take(MOST).collect::<Vec<_>>(), &format!("{map}::from(["), "])")
        }
        ("Result", []) => strings(&["Ok(Default::default())"]),
        ("Result", [inner, ..]) => of(inner).iter().map(|value| format!("Ok({value})")).collect(),
        ("Box", [Type::TraitObject(object)])
            if object.bounds.iter().any(|bound| {
                matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|last| last.ident == "Iterator"))
            }) =>
        {
            strings(&["Box::new(std::iter::empty())"])
        }
        ("Box", [inner]) => of(inner).iter().map(|value| format!("Box::new({value})")).collect(),
        ("Rc", [inner]) => of(inner).iter().map(|value| format!("std::rc::Rc::new({value})")).collect(),
        ("Arc", [inner]) => of(inner).iter().map(|value| format!("std::sync::Arc::new({value})")).collect(),
        ("Cow", [Type::Path(inner)]) if inner.path.is_ident("str") => {
            strings(&["std::borrow::Cow::Borrowed(\"\")", "std::borrow::Cow::Borrowed(\"xyzzy\")"])
        }
        _ => strings(&[ANY]),
    }
}

fn with(nothing: &str, inner: &[String], before: &str, after: &str) -> Vec<String> {
    std::iter::once(nothing.to_owned())
        .chain(inner.iter().map(|value| format!("{before}{value}{after}")))
        .take(MOST)
        .collect()
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}
