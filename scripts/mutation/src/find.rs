//! Where a slip could be made in a file, and which: the kinds are those of cargo-mutants.
//!
//! What is worked out when the program is compiled (constants, patterns, types) has no switches and is left alone, and so is what stands in a call of a macro.

use crate::values;
use std::ops::Range;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Attribute, BinOp, Block, Expr, Item, Pat, Signature, UnOp};

/// How a place is written with its mutants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// At the beginning of a function: returns at once.
    Body,
    /// Around an expression: another in its place.
    Expression,
    /// Behind the pattern of an arm: never taken.
    Arm,
    /// Around the body of a function that returns an iterator: empty.
    Iterator,
}

/// A place of the file.
pub struct Place {
    pub range: Range<usize>,
    pub shape: Shape,
    pub mutants: Vec<Mutant>,
}

/// What could stand there.
pub struct Mutant {
    pub line: usize,
    pub column: usize,
    pub what: String,
    pub text: String,
}

pub fn places(source: &str) -> syn::Result<Vec<Place>> {
    let file = syn::parse_file(source)?;
    let mut finder = Finder { source, names: Vec::new(), places: Vec::new() };
    finder.visit_file(&file);
    Ok(finder.places)
}

struct Finder<'a> {
    source: &'a str,
    /// The function, and what it is a function of.
    names: Vec<String>,
    places: Vec<Place>,
}

impl Finder<'_> {
    fn text(&self, node: &impl syn::spanned::Spanned) -> &str {
        &self.source[node.span().byte_range()]
    }

    /// On one line, as a list can show it.
    fn short(&self, node: &impl syn::spanned::Spanned) -> String {
        self.text(node).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn name(&self) -> String {
        self.names.join("::")
    }

    fn add(&mut self, shape: Shape, range: Range<usize>, at: proc_macro2::Span, mutants: Vec<(String, String)>) {
        let start = at.start();
        let mutant = |(what, text)| Mutant { line: start.line, column: start.column + 1, what, text };
        let mutants: Vec<Mutant> = mutants.into_iter().map(mutant).collect();
        if !mutants.is_empty() {
            self.places.push(Place { range, shape, mutants });
        }
    }

    fn function(&mut self, signature: &Signature, block: &Block) {
        self.names.push(signature.ident.to_string());
        if !block.stmts.is_empty() && signature.constness.is_none() {
            let inner =
                block.brace_token.span.open().byte_range().end..block.brace_token.span.close().byte_range().start;
            let returns = match &signature.output {
                syn::ReturnType::Default => String::new(),
                syn::ReturnType::Type(_, ty) => format!(" -> {}", self.short(ty)),
            };
            let replace = format!("replace {}{returns} with", self.name());
            let at = signature.ident.span();
            if values::is_iterator(&signature.output) {
                self.add(Shape::Iterator, inner, at, vec![(format!("{replace} an empty iterator"), String::new())]);
            } else {
                let body = self.source[inner.clone()].trim();
                let empty = ["Vec::new()", "vec![]", "None", "()", "Ok(())", "Self::default()", "Self::new()"];
                let values = values::returned(&signature.output).into_iter();
                // What the function says anyway is no mutant.
                let values = values.filter(|value| value != body && !(value == "vec![]" && empty.contains(&body)));
                let mutants = values.map(|value| (format!("{replace} {value}"), value)).collect();
                self.add(Shape::Body, inner.start..inner.start, at, mutants);
            }
        }
        if signature.constness.is_none() {
            self.visit_block(block);
        }
        self.names.pop();
    }
}

/// What an operator is mistaken for.
fn mistaken(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::Lt(_) => &["==", ">", "<="],
        BinOp::Gt(_) => &["==", "<", ">="],
        BinOp::Le(_) => &[">"],
        BinOp::Ge(_) => &["<"],
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) | BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["%", "*"],
        BinOp::Rem(_) => &["/", "+"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::BitAnd(_) => &["|", "^"],
        BinOp::BitOr(_) => &["&", "^"],
        BinOp::BitXor(_) => &["|", "&"],
        BinOp::AddAssign(_) => &["-=", "*="],
        BinOp::SubAssign(_) | BinOp::MulAssign(_) => &["+=", "/="],
        BinOp::DivAssign(_) => &["%=", "*="],
        BinOp::RemAssign(_) => &["/=", "+="],
        BinOp::BitAndAssign(_) => &["|="],
        BinOp::BitOrAssign(_) => &["&="],
        _ => &[],
    }
}

/// Whether a condition binds names, which reach beyond it.
fn binds(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) => matches!(binary.op, BinOp::And(_)) && (binds(&binary.left) || binds(&binary.right)),
        _ => false,
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute
                    .meta
                    .require_list()
                    .is_ok_and(|list| list.tokens.to_string().split(['(', ')', ',', ' ']).any(|word| word == "test")))
    })
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let outer = std::mem::take(&mut self.names);
        self.function(&item.sig, &item.block);
        self.names = outer;
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        // For developers' eyes, and what other mutants are made of.
        if of.is_some_and(|of| of.ident == "Debug" || of.ident == "Default") {
            return;
        }
        let ty = self.short(&item.self_ty);
        let name = match &item.trait_ {
            Some((_, path, _)) => format!("<impl {} for {ty}>", self.short(path)),
            None => ty,
        };
        let outer = std::mem::replace(&mut self.names, vec![name]);
        visit::visit_item_impl(self, item);
        self.names = outer;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            self.function(&item.sig, &item.block);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if binary.attrs.is_empty() && !binds(&binary.left) && !binds(&binary.right) {
            let operator = self.short(&binary.op);
            let (left, right) = (self.text(&*binary.left).to_owned(), self.text(&*binary.right).to_owned());
            let name = self.name();
            let mutant = |other: &&str| {
                (format!("replace {operator} with {other} in {name}"), format!("({left}) {other} ({right})"))
            };
            let mutants = mistaken(&binary.op).iter().map(mutant).collect();
            self.add(Shape::Expression, binary.span().byte_range(), binary.op.span(), mutants);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if unary.attrs.is_empty() && matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) {
            let what = format!("delete {} in {}", self.short(&unary.op), self.name());
            let text = format!("({})", self.text(&*unary.expr));
            self.add(Shape::Expression, unary.span().byte_range(), unary.op.span(), vec![(what, text)]);
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, matched: &'ast syn::ExprMatch) {
        let rest = matched.arms.iter().find(|arm| matches!(arm.pat, Pat::Wild(_)) && arm.guard.is_none());
        for arm in &matched.arms {
            if let Some((_, guard)) = &arm.guard {
                if !binds(guard) {
                    let what = format!("replace match guard {} with", self.short(&**guard));
                    let name = self.name();
                    let mutant = |value: &str| (format!("{what} {value} in {name}"), value.to_owned());
                    let mutants = vec![mutant("true"), mutant("false")];
                    self.add(Shape::Expression, guard.span().byte_range(), guard.span(), mutants);
                }
            } else if let Some(rest) = rest
                && !matches!(arm.pat, Pat::Wild(_))
                && self.text(&*arm.body) != self.text(&*rest.body)
            {
                let what = format!("delete match arm {} in {}", self.short(&arm.pat), self.name());
                let end = arm.pat.span().byte_range().end;
                self.add(Shape::Arm, end..end, arm.pat.span(), vec![(what, String::new())]);
            }
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
    }

    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
}
