<?php

namespace Bookshelf;

use PDO;

final class Books
{
    public function __construct(private readonly PDO $database)
    {
    }

    public static function open(): self
    {
        return new self(new PDO(getenv('DB_DSN'), getenv('DB_USER'), getenv('DB_PASSWORD')));
    }

    /** @return list<string> */
    public function titles(): array
    {
        return $this->database->query('select title from books order by id')->fetchAll(PDO::FETCH_COLUMN);
    }

    public function add(string $title): void
    {
        $this->database->prepare('insert into books (title) values (?)')->execute([$title]);
    }

    public function migrate(): void
    {
        $this->database->exec('create table if not exists books (id serial primary key, title text not null)');
    }
}
