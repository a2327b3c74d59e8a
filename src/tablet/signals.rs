//! leptos's signals, each kind once. Its own are a type for every type that they hold, and so were a
//! ninth of the app; here what is held stands behind one pointer, and only reading it knows its type.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use super::markup::Give;
use ::leptos::reactive::graph::{Subscriber as _, ToAnySubscriber};
use leptos::prelude as leptos;
use leptos::{GetUntracked as _, GetValue as _, LocalStorage, Notify as _, Track as _, on_cleanup, untrack};

/// What is held, whatever it is.
type Held = Rc<dyn Any>;

/// What a memo holds: it is shared between runs, and compared by whoever knows its type.
#[derive(Clone)]
struct Computed {
    value: Arc<dyn Any + Send + Sync>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

/// How a memo computes, from what it held before.
trait Compute: Send + Sync {
    fn compute(&self, before: Option<&Computed>) -> Computed;
}

impl<F: Fn(Option<&Computed>) -> Computed + Send + Sync> Compute for F {
    fn compute(&self, before: Option<&Computed>) -> Computed {
        self(before)
    }
}

/// What a signal's closure gives.
trait Derived<T> {
    fn value(&self) -> T;
}

impl<T, F: Fn() -> T> Derived<T> for F {
    fn value(&self) -> T {
        self()
    }
}

macro_rules! handle {
    ($(#[$about:meta])* $name:ident($inner:ty)) => {
        $(#[$about])*
        pub(crate) struct $name<T>($inner, PhantomData<fn() -> T>);

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}
    };
}

handle! {
    /// A value that can be set; whoever reads it follows.
    RwSignal(leptos::RwSignal<Held, LocalStorage>)
}
handle! {
    /// A value that nobody follows.
    StoredValue(leptos::StoredValue<Held, LocalStorage>)
}
handle! {
    /// A value computed from others; whoever reads it follows when it differs.
    Memo(leptos::Memo<Computed>)
}
handle! {
    /// A value that a closure gives.
    Signal(leptos::StoredValue<Held, LocalStorage>)
}

fn held<T: 'static>(value: T) -> Held {
    Rc::new(RefCell::new(value))
}

fn cell<T: 'static>(held: &Held) -> &RefCell<T> {
    held.downcast_ref().expect("what was put in")
}

#[inline(never)]
fn signalled(signal: leptos::RwSignal<Held, LocalStorage>, follow: bool) -> Option<Held> {
    if follow {
        signal.track();
    }
    signal.try_get_untracked()
}

#[inline(never)]
fn stored(value: leptos::StoredValue<Held, LocalStorage>) -> Option<Held> {
    value.try_get_value()
}

#[inline(never)]
fn computed(memo: leptos::Memo<Computed>, follow: bool) -> Computed {
    if follow {
        memo.track();
    }
    memo.get_untracked()
}

#[inline(never)]
fn notify(signal: leptos::RwSignal<Held, LocalStorage>) {
    signal.notify();
}

impl<T: 'static> RwSignal<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(leptos::RwSignal::new_local(held(value)), PhantomData)
    }

    pub(crate) fn track(self) {
        self.0.track();
    }

    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cell(&signalled(self.0, true).expect("a signal of an open screen")).borrow())
    }

    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cell(&signalled(self.0, false).expect("a signal of an open screen")).borrow())
    }

    /// Whether its screen is gone.
    pub(crate) fn is_gone(self) -> bool {
        signalled(self.0, false).is_none()
    }

    /// Changes the value; nothing where its screen is gone.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        self.maybe_update(|value| {
            change(value);
            true
        });
    }

    /// Reads the value, where its screen is still there.
    pub(crate) fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        signalled(self.0, false).map(|held| read(&cell(&held).borrow()))
    }

    /// The same where the change says whether the value is another: only then does anybody hear of it.
    pub(crate) fn maybe_update(self, change: impl FnOnce(&mut T) -> bool) {
        if let Some(held) = signalled(self.0, false)
            && change(&mut cell(&held).borrow_mut())
        {
            notify(self.0);
        }
    }

    /// Sets the value; nothing where its screen is gone.
    pub(crate) fn set(self, value: T) {
        self.update(|held| *held = value);
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value, where its screen is still there.
    pub(crate) fn try_get_untracked(self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

impl<T: 'static> StoredValue<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(leptos::StoredValue::new_local(held(value)), PhantomData)
    }

    pub(crate) fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cell(&stored(self.0).expect("a value of an open screen")).borrow())
    }

    /// Changes the value; nothing where its screen is gone.
    pub(crate) fn update_value(self, change: impl FnOnce(&mut T)) {
        if let Some(held) = stored(self.0) {
            change(&mut cell(&held).borrow_mut());
        }
    }

    /// Reads the value, where its screen is still there.
    pub(crate) fn try_with_value<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        stored(self.0).map(|held| read(&cell(&held).borrow()))
    }

    pub(crate) fn set_value(self, value: T) {
        self.update_value(|held| *held = value);
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    pub(crate) fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// The value, where its screen is still there.
    pub(crate) fn try_get_value(self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    pub(crate) fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        fn same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
            one.downcast_ref::<T>() == other.downcast_ref::<T>()
        }
        let compute: Box<dyn Compute> = Box::new(move |before: Option<&Computed>| {
            let value = compute(before.and_then(|before| before.value.downcast_ref()));
            Computed { value: Arc::new(value), same: same::<T> }
        });
        let differs = |before: Option<&Computed>, now: Option<&Computed>| match (before, now) {
            (Some(before), Some(now)) => !(now.same)(&*before.value, &*now.value),
            _ => true,
        };
        let compute = move |before: Option<&Computed>| compute.compute(before);
        let memo = leptos::Memo::new_with_compare(compute, differs);
        let own = leptos::ArcMemo::from(memo).to_any_subscriber();
        on_cleanup(move || leave(&own));
        Self(memo, PhantomData)
    }

    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(computed(self.0, true).value.downcast_ref().expect("what was computed"))
    }

    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(computed(self.0, false).value.downcast_ref().expect("what was computed"))
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Memo<T> {
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T: 'static> Signal<T> {
    /// A signal of what a closure gives.
    pub(crate) fn derive(give: impl Fn() -> T + 'static) -> Self {
        let give: Box<dyn Derived<T>> = Box::new(give);
        Self(leptos::StoredValue::new_local(Rc::new(give)), PhantomData)
    }

    pub(crate) fn get(self) -> T {
        let held = stored(self.0).expect("a signal of an open screen");
        held.downcast_ref::<Box<dyn Derived<T>>>().expect("what was put in").value()
    }

    pub(crate) fn get_untracked(self) -> T {
        untrack(|| self.get())
    }

    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }
}

impl<T: Clone + 'static> Signal<T> {
    /// A value that stays.
    pub(crate) fn stored(value: T) -> Self {
        Self::derive(move || value.clone())
    }
}

impl<T: Clone + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::derive(move || signal.get())
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}

/// Runs at once and again whenever what it read changes; each run is given what the one before gave.
pub(crate) fn effect<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
    let mut before = None;
    follow(Box::new(move || before = Some(run(before.take()))));
}

fn follow(mut run: Box<dyn Give<()>>) {
    let effect = leptos::Effect::new(move |_: Option<()>| run.give());
    let own = effect.to_any_subscriber();
    on_cleanup(move || leave(&own));
}

/// Takes an effect or a memo that goes out of the followers of what it read. leptos leaves it among them
/// until that changes; the language hardly ever does, and every screen reads it.
pub(super) fn leave(gone: &impl ToAnySubscriber) {
    let gone = gone.to_any_subscriber();
    gone.clear_sources(&gone);
}
