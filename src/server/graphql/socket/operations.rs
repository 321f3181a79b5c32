//! The operations that run on one WebSocket.

use std::future::poll_fn;
use std::task::Poll;

use async_graphql::Response;
use futures_util::StreamExt as _;
use futures_util::stream::LocalBoxStream;

/// The operations that run, by the client's ids. There are few: they are looked through.
#[derive(Default)]
pub struct Operations(Vec<Operation>);

struct Operation {
    id: String,
    responses: LocalBoxStream<'static, Response>,
}

impl Operations {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is one of this id.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|operation| operation.id == id)
    }

    /// Lets one run.
    pub fn start(&mut self, id: String, responses: LocalBoxStream<'static, Response>) {
        self.0.push(Operation { id, responses });
    }

    /// Ends one, if it is there, in whatever it is doing.
    pub fn stop(&mut self, id: &str) {
        self.0.retain(|operation| operation.id != id);
    }

    /// The next response of any of them, or `None` for the end of one, which is then gone. Does not
    /// come where there is no operation.
    pub async fn next(&mut self) -> (String, Option<Response>) {
        poll_fn(|context| {
            for number in 0..self.0.len() {
                let Poll::Ready(response) = self.0[number].responses.poll_next_unpin(context)
                else {
                    continue;
                };
                let operation = self.0.remove(number);
                let id = operation.id.clone();
                if response.is_some() {
                    // Behind the others: each has its turn.
                    self.0.push(operation);
                }
                return Poll::Ready((id, response));
            }
            Poll::Pending
        })
        .await
    }
}
