//! What stands beside the pages: the stylesheet, the icon, the picture for cards, the word to robots.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};
use sha2::{Digest as _, Sha256};

use super::site::Site;
use crate::server::{headers, read};

const STYLE: &str = include_str!("style.css");
/// Both are drawn by `tools/pictures.mjs`.
const CARD: &[u8] = include_bytes!("card.png");
const ICON: &[u8] = include_bytes!("favicon.ico");

/// How many pixels wide and high the picture for cards is.
pub const CARD_SIDE: u32 = 600;

/// The path of the stylesheet: another one whenever it was changed, so that it may be kept for ever.
pub static STYLE_PATH: LazyLock<String> = LazyLock::new(|| path(STYLE.as_bytes(), "css"));

/// The path of the picture for cards, likewise.
pub static CARD_PATH: LazyLock<String> = LazyLock::new(|| path(CARD, "png"));

/// The path where browsers look for an icon by themselves.
pub const ICON_PATH: &str = "/favicon.ico";

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

/// A robot may read the pages to cite; what asks the database anew at each address is not for it.
const ROBOTS: &str = "User-agent: *\nDisallow: /graphql\nDisallow: /?\n";
/// Where nobody reads without a token.
const NO_ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// The routes of the files.
pub fn routes(config: &mut web::ServiceConfig) {
    let card = || async { file("image/png", FOR_EVER, CARD) };
    config
        .service(read(&STYLE_PATH, || async {
            file("text/css; charset=utf-8", FOR_EVER, STYLE.as_bytes())
        }))
        // A card shows it on pages of other sites.
        .service(read(&CARD_PATH, card).wrap(from_fn(headers::shared)))
        .service(read(ICON_PATH, || async { file("image/x-icon", A_DAY, ICON) }))
        .service(read("/robots.txt", |site: web::Data<Site>| async move {
            let rules = if site.is_public { ROBOTS } else { NO_ROBOTS };
            file("text/plain; charset=utf-8", A_DAY, rules.as_bytes())
        }));
}

fn file(kind: &str, lasts: &'static str, content: &'static [u8]) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, lasts))
        .body(web::Bytes::from_static(content))
}

fn path(content: &[u8], ending: &str) -> String {
    let digest = Sha256::digest(content);
    format!("/pages/{}.{ending}", data_encoding::HEXLOWER.encode(&digest[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_for_cards_is_as_large_as_the_pages_say() {
        assert!(CARD.starts_with(b"\x89PNG\r\n\x1a\n"));
        let side = CARD_SIDE.to_be_bytes();
        assert_eq!((&CARD[16..20], &CARD[20..24]), (&side[..], &side[..]));
        assert!(ICON.starts_with(&[0, 0, 1, 0, 1, 0, 48, 48]));
    }
}
